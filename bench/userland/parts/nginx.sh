# A server and a client over the loopback interface.
head -c 3000000 /tmp/files > /var/www/html/file
nginx && for i in 1 2 3 4 5 6 7 8; do curl -s --retry 5 --retry-connrefused http://127.0.0.1/file | sha256sum; done | sort -u | sed 's/^/result nginx /'
nginx -s quit 2> /dev/null
