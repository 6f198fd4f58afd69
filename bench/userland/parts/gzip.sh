echo "result gzip $(gzip -nc /tmp/files | tee /tmp/files.gz | sha256sum) $(gzip -dc /tmp/files.gz | cmp - /tmp/files && echo same)"
