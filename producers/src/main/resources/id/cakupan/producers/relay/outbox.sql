-- The outbox of Cakupan in the database of a project system: PostgreSQL 13 or newer.
-- Printed by: cakupan relay --ddl. Run it as the owner of the schema that shall hold the tables, who may create roles:
--   cakupan relay --ddl | psql -1 -v ON_ERROR_STOP=1 -d DATABASE
-- Running it again changes nothing that is there.

-- Everything goes into the current schema, and the functions look nowhere else.
select set_config('search_path', quote_ident(current_schema()) || ', pg_temp', false);

create table if not exists cakupan_outbox (
    id         bigint generated always as identity,
    -- Transaction that wrote the row: rows are relayed in the order (xid, id).
    xid        xid8        not null default pg_current_xact_id(),
    event      jsonb       not null,
    -- When the row was written, not when its transaction began: what an event without recordedAt gets.
    created_at timestamptz not null default clock_timestamp(),
    primary key (xid, id)
);

-- Up to where each relay, by its name, has everything in Kafka.
create table if not exists cakupan_outbox_position (
    relay      text        primary key,
    xid        xid8        not null,
    id         bigint      not null,
    -- Cluster in which the numbers of transactions mean something.
    cluster    text        not null,
    updated_at timestamptz not null default now()
);

-- Rows that are no acceptable event. Holds no values of theirs. A reject is open until closed_at is set.
create table if not exists cakupan_outbox_rejects (
    outbox_id   bigint      not null,
    xid         xid8        not null,
    relay       text        not null,
    reason      text        not null,
    field       text,
    kind        text,
    pesan       text        not null,
    message     text        not null,
    rejected_at timestamptz not null default now(),
    closed_at   timestamptz,
    -- The number alone may come again: truncate … restart identity.
    primary key (xid, outbox_id, relay)
);

-- Deletes rows that every relay has sent, that are older than `keep` and that have no open reject; at most `most` of them,
-- 1 to 10,000. Returns how many. Closed rejects whose rows are gone go as well, with the next call, at most as many.
create or replace function cakupan_outbox_purge(keep interval, most integer) returns bigint
    language sql volatile strict security definer
    set search_path from current
as $$
    delete from cakupan_outbox_rejects
    where (xid, outbox_id, relay) in (
        select r.xid, r.outbox_id, r.relay
        from cakupan_outbox_rejects r
        where r.closed_at is not null
          and not exists (select from cakupan_outbox o where o.xid = r.xid and o.id = r.outbox_id)
        limit least(greatest(most, 1), 10000)
    );
    with oldest as (
        select o.xid, o.id, o.created_at
        from cakupan_outbox o
        where (o.xid, o.id) <= (select p.xid, p.id from cakupan_outbox_position p order by p.xid, p.id limit 1)
          and not exists (
              select from cakupan_outbox_rejects r
              where r.xid = o.xid and r.outbox_id = o.id and r.closed_at is null)
        order by o.xid, o.id
        limit least(greatest(most, 1), 10000)
    ), gone as (
        delete from cakupan_outbox o
        using oldest
        where o.xid = oldest.xid and o.id = oldest.id and oldest.created_at < now() - keep
        returning o.id
    )
    select count(*) from gone
$$;

-- For the owner, after a dump was restored into another cluster: numbers the rows anew, and every relay begins again at the
-- first. What was sent before is sent again, which changes no figure.
create or replace function cakupan_outbox_restart() returns void
    language sql volatile
    set search_path from current
as $$
    lock table cakupan_outbox, cakupan_outbox_position, cakupan_outbox_rejects in access exclusive mode;
    update cakupan_outbox_rejects r set xid = pg_current_xact_id()
    from cakupan_outbox o where o.xid = r.xid and o.id = r.outbox_id;
    update cakupan_outbox set xid = pg_current_xact_id();
    delete from cakupan_outbox_position;
$$;

do $$
begin
    if not exists (select from pg_roles where rolname = 'cakupan_relay') then
        create role cakupan_relay nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'cakupan_outbox_writer') then
        create role cakupan_outbox_writer nologin;
    end if;
    execute format('grant usage on schema %I to cakupan_relay, cakupan_outbox_writer', current_schema());
end
$$;

revoke all on cakupan_outbox, cakupan_outbox_position, cakupan_outbox_rejects from public;
revoke all on function cakupan_outbox_purge(interval, integer), cakupan_outbox_restart() from public;
-- A writer gives the event; number, transaction and time are the database's.
grant insert (event) on cakupan_outbox to cakupan_outbox_writer;
grant select on cakupan_outbox to cakupan_relay;
grant select, insert, update on cakupan_outbox_position to cakupan_relay;
grant select, insert on cakupan_outbox_rejects to cakupan_relay;
grant execute on function cakupan_outbox_purge(interval, integer) to cakupan_relay;
