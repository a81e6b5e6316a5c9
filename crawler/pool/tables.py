"""What stands in PostgreSQL beside procrastinate's own tables, and what is asked of it.

Due times have a table of their own and only what is due is queued: a job that is scheduled for
later blocks a ready one of the same lock. A job's lock and its queueing lock are its outlet; its
queue is the outlet too, so that a worker is only given outlets that its workspace lists, or
`SLUG alone` after somebody died with it.
"""

from __future__ import annotations

from typing import Final

TABLES: Final = """
CREATE TABLE IF NOT EXISTS jehona_outlets (
  outlet text PRIMARY KEY,                     -- slug
  due timestamptz NOT NULL DEFAULT now(),      -- when it is asked again
  rested timestamptz NOT NULL DEFAULT now(),   -- its pause is over then
  asked timestamptz,                           -- when somebody was done with it last
  worker text,                                 -- who that was
  aside timestamptz,                           -- since when nobody asks it: those who did died
  deaths integer                               -- how many did
);
CREATE TABLE IF NOT EXISTS jehona_workers (
  name text PRIMARY KEY,                       -- the same after a restart
  told text NOT NULL,                          -- as people know it: Ana@desk-2
  id bigint NOT NULL,                          -- of procrastinate_workers
  seen timestamptz NOT NULL                    -- when it said last that it lives
);
CREATE TABLE IF NOT EXISTS jehona_bundles (
  digest text PRIMARY KEY,                     -- of its manifest
  name text NOT NULL,                          -- of its file
  made timestamptz NOT NULL DEFAULT now(),     -- when it came
  body bytea,                                  -- null once it is in the record
  taken timestamptz                            -- since when
);
"""
PREPARED: Final = """
SELECT to_regclass('procrastinate_jobs') AS jobs, to_regclass('jehona_bundles') AS ours"""
ALONE_HERE: Final = "SELECT pg_advisory_xact_lock(7089336)"
# one at a time makes the tables; the number is "jeh" on a telephone, twice

ANNOUNCE: Final = """
INSERT INTO jehona_outlets (outlet) SELECT unnest(%(slugs)s::text[]) ON CONFLICT DO NOTHING"""
SIGN: Final = """
WITH before AS (SELECT id FROM jehona_workers WHERE name = %(name)s),
signed AS (
  INSERT INTO jehona_workers (name, told, id, seen) VALUES (%(name)s, %(told)s, %(id)s, now())
  ON CONFLICT (name) DO UPDATE SET told = excluded.told, id = excluded.id, seen = now())
SELECT id FROM before"""
BEAT: Final = """
WITH beat AS (SELECT procrastinate_update_heartbeat_v1(%(id)s)::text AS done),
seen AS (UPDATE jehona_workers SET seen = now() WHERE id = %(id)s RETURNING 1)
SELECT (SELECT count(done) FROM beat) AS beats, (SELECT count(*) FROM seen) AS workers,
  (SELECT count(*) FROM procrastinate_jobs
   WHERE id = ANY(%(jobs)s) AND worker_id = %(id)s AND status = 'doing') AS jobs"""

DUE: Final = """
SELECT outlet FROM jehona_outlets AS o
WHERE outlet = ANY(%(slugs)s) AND due <= now() AND rested <= now() AND aside IS NULL
  AND NOT EXISTS (SELECT 1 FROM procrastinate_jobs
    WHERE lock = o.outlet AND status IN ('todo', 'doing'))
ORDER BY due, outlet"""
READY: Final = """
SELECT count(*) FILTER (WHERE scheduled_at IS NULL OR scheduled_at <= now()) AS ready,
  (SELECT count(*) FROM jehona_workers
   WHERE seen > now() - make_interval(secs => %(lease)s)) AS workers
FROM procrastinate_jobs WHERE status = 'todo' AND queue_name = ANY(%(slugs)s)"""
NEXT: Final = """
SELECT extract(epoch FROM min(greatest(due, rested)) - now())::float8 AS seconds
FROM jehona_outlets WHERE outlet = ANY(%(slugs)s) AND aside IS NULL"""
UNDER_WAY: Final = """
SELECT count(*) AS jobs FROM procrastinate_jobs
WHERE status IN ('todo', 'doing') AND lock = ANY(%(slugs)s)"""

FREE: Final = """
WITH dead AS (
  SELECT j.id, j.lock, j.attempts + 1 AS tries FROM procrastinate_jobs AS j
  LEFT JOIN procrastinate_workers AS w ON w.id = j.worker_id
  WHERE j.status = 'doing' AND (
    j.worker_id = %(before)s OR w.id IS NULL
    OR w.last_heartbeat < now() - make_interval(secs => %(lease)s))
  FOR UPDATE OF j SKIP LOCKED),
again AS (
  SELECT procrastinate_retry_job_v2(
    id, now() + make_interval(secs => %(rest)s), -tries, lock || ' alone', NULL)::text AS done
  FROM dead WHERE tries < %(most)s),
given_up AS (
  SELECT procrastinate_finish_job_v1(id, 'failed', true)::text AS done
  FROM dead WHERE tries >= %(most)s),
put_aside AS (
  UPDATE jehona_outlets SET aside = now(), deaths = tries
  FROM dead WHERE outlet = lock AND tries >= %(most)s RETURNING outlet)
SELECT (SELECT count(done) FROM again) AS again, (SELECT count(done) FROM given_up) AS given_up,
  (SELECT array_agg(outlet) FROM put_aside) AS aside"""
# in one statement, upon locked rows: a job that another has freed and begun meanwhile is left
DELIVER: Final = """
WITH kept AS (
  INSERT INTO jehona_bundles (digest, name, body) VALUES (%(digest)s, %(name)s, %(body)s)
  ON CONFLICT DO NOTHING RETURNING 1)
SELECT count(*) AS kept FROM kept"""
DONE: Final = """
WITH mine AS (
  SELECT j.id, j.lock FROM procrastinate_jobs AS j
  WHERE j.id = ANY(%(jobs)s) AND j.worker_id = %(worker)s AND j.status = 'doing' FOR UPDATE),
finished AS (
  SELECT procrastinate_finish_job_v1(id, 'succeeded', true)::text AS done FROM mine),
told AS (
  UPDATE jehona_outlets AS o SET asked = now(), worker = %(told)s,
    due = now() + make_interval(secs => t.later),
    rested = now() + make_interval(secs => t.rest)
  FROM unnest(%(slugs)s::text[], %(later)s::float8[], %(rest)s::float8[]) AS t (slug, later, rest)
  WHERE o.outlet = t.slug AND o.outlet IN (SELECT lock FROM mine) RETURNING 1)
SELECT (SELECT count(done) FROM finished) AS finished, (SELECT count(*) FROM told) AS told"""

WAITING: Final = "SELECT digest, name FROM jehona_bundles WHERE taken IS NULL ORDER BY name"
BODY: Final = "SELECT body FROM jehona_bundles WHERE digest = %(digest)s AND taken IS NULL"
TAKEN: Final = """
UPDATE jehona_bundles SET taken = now(), body = NULL WHERE digest = %(digest)s"""
RELEASE: Final = """
UPDATE jehona_outlets SET aside = NULL, deaths = NULL, due = now()
WHERE outlet = %(outlet)s AND aside IS NOT NULL RETURNING outlet"""
STANDING: Final = """
SELECT count(*) AS outlets,
  count(*) FILTER (WHERE due <= now() AND aside IS NULL) AS due,
  min(due) FILTER (WHERE aside IS NULL) AS next,
  (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo') AS waiting,
  (SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing') AS asking,
  (SELECT count(*) FROM jehona_bundles WHERE taken IS NULL) AS bundles
FROM jehona_outlets"""
WORKERS: Final = """
SELECT told, seen, seen > now() - make_interval(secs => %(lease)s) AS lives,
  (SELECT coalesce(array_agg(lock ORDER BY lock), '{}') FROM procrastinate_jobs
   WHERE worker_id = w.id AND status = 'doing') AS asking
FROM jehona_workers AS w ORDER BY told, seen"""
ASIDE: Final = """
SELECT outlet, aside, deaths FROM jehona_outlets WHERE aside IS NOT NULL ORDER BY outlet"""
