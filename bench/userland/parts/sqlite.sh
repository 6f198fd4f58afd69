# A table of reals and text with an index, on the disk.
sqlite3 /root/userland.db << 'END'
create table t(a integer primary key, b text, c real);
with recursive n(i) as (select 1 union all select i + 1 from n where i < 50000) insert into t select i, hex(i * 7919), i * 1.1 from n;
create index b on t(b);
select 'result sqlite', count(*), sum(c), max(b) from t where b like '%31%';
select 'result sqlite-total', total(a * c), (select count(*) from t x join t y on x.b = y.b where x.a < 5000) from t;
pragma integrity_check;
END
