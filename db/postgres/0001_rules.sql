-- Kept by hand: what no caller may forget, as the triggers of db/sqlite keep it. Functions say
-- `returns trigger` where they are one. Rows of several users are always locked in the order of ids.

CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE SEQUENCE follow_places AS bigint CACHE 1;
--> statement-breakpoint
CREATE INDEX users_search ON users USING gin (
	(username COLLATE "und-x-icu") gin_trgm_ops, (name COLLATE "und-x-icu") gin_trgm_ops);
--> statement-breakpoint
CREATE INDEX emails_search ON emails USING gin ((email COLLATE "und-x-icu") gin_trgm_ops) WHERE is_primary;
--> statement-breakpoint
INSERT INTO versions (slot) SELECT generate_series(0, 79);
--> statement-breakpoint
-- One change of a user's counters. The first row is taken if it is free; whoever finds it locked
-- writes into one of fifteen others, by the number of the connection. Two statements: the first
-- one's snapshot does not see what was committed while it waited. A plan made for an empty table
-- would read all of a large one.
CREATE FUNCTION count_follow(who bigint, more_followers bigint, more_following bigint, moves bigint)
RETURNS void LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
	PERFORM 1 FROM follow_counts WHERE user_id = who AND shard = 0 FOR NO KEY UPDATE SKIP LOCKED;
	IF found THEN
		UPDATE follow_counts SET followers = followers + more_followers, following = following + more_following,
			changes = changes + moves, counted_at = extract(epoch FROM clock_timestamp())::bigint
			WHERE user_id = who AND shard = 0;
	ELSE
		INSERT INTO follow_counts AS mine VALUES (who, 1 + pg_backend_pid() % 15, more_followers, more_following,
			moves, extract(epoch FROM clock_timestamp())::bigint)
		ON CONFLICT (user_id, shard) DO UPDATE SET followers = mine.followers + excluded.followers,
			following = mine.following + excluded.following, changes = mine.changes + excluded.changes,
			counted_at = excluded.counted_at;
	END IF;
END $$;
--> statement-breakpoint
-- The changes of one statement: of two users as above, of many in one go.
CREATE TYPE follow_change AS (who bigint, followers bigint, following bigint, moves bigint);
--> statement-breakpoint
CREATE FUNCTION count_follows(given follow_change[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	one follow_change;
BEGIN
	IF coalesce(array_length(given, 1), 0) <= 2 THEN
		FOR one IN SELECT (each).* FROM unnest(given) AS each ORDER BY (each).who LOOP
			PERFORM count_follow(one.who, one.followers, one.following, one.moves);
		END LOOP;
		RETURN;
	END IF;
	PERFORM 1 FROM follow_counts WHERE shard = 0 AND user_id = ANY (SELECT (each).who FROM unnest(given) AS each)
		ORDER BY user_id FOR NO KEY UPDATE;
	UPDATE follow_counts AS mine SET followers = mine.followers + each.followers,
		following = mine.following + each.following, changes = mine.changes + each.moves,
		counted_at = extract(epoch FROM clock_timestamp())::bigint
		FROM unnest(given) AS each WHERE mine.user_id = each.who AND mine.shard = 0;
END $$;
--> statement-breakpoint
CREATE FUNCTION users_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO follow_counts (user_id, shard) SELECT id, 0 FROM came;
	UPDATE versions SET value = value + 1 WHERE slot = 64 + pg_backend_pid() % 16;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER users_inserted AFTER INSERT ON users REFERENCING NEW TABLE AS came
	FOR EACH STATEMENT EXECUTE FUNCTION users_inserted();
--> statement-breakpoint
CREATE FUNCTION users_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT EXISTS (SELECT 1 FROM went) THEN RETURN NULL; END IF;
	PERFORM 1 FROM versions WHERE slot IN (SELECT id & 63 FROM went UNION SELECT 64 + pg_backend_pid() % 16)
		ORDER BY slot FOR NO KEY UPDATE;
	UPDATE versions SET value = value + 1
		WHERE slot IN (SELECT id & 63 FROM went UNION SELECT 64 + pg_backend_pid() % 16);
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER users_deleted AFTER DELETE ON users REFERENCING OLD TABLE AS went
	FOR EACH STATEMENT EXECUTE FUNCTION users_deleted();
--> statement-breakpoint
-- A follow takes a share of the keys of its two users; these locks wait for it, and it for them.
CREATE FUNCTION users_changing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM 1 FROM users WHERE id = old.id FOR UPDATE;
	RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER users_changing BEFORE UPDATE OF state, type ON users FOR EACH ROW
	WHEN (old.state IS DISTINCT FROM new.state OR old.type IS DISTINCT FROM new.type)
	EXECUTE FUNCTION users_changing();
--> statement-breakpoint
-- A user's row changed, other than by being here. Columns that are not named count, new ones too.
CREATE FUNCTION users_updated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	quiet CONSTANT text[] := ARRAY['last_activity_on', 'current_sign_in_at', 'current_sign_in_ip',
		'last_sign_in_at', 'last_sign_in_ip', 'sign_in_count', 'failed_attempts', 'otp_last_step'];
	was_listed CONSTANT boolean := old.state = 'active' AND old.type = 'human';
	is_listed CONSTANT boolean := new.state = 'active' AND new.type = 'human';
BEGIN
	IF (to_jsonb(old) - quiet) IS DISTINCT FROM (to_jsonb(new) - quiet) THEN
		UPDATE versions SET value = value + 1 WHERE slot = new.id & 63;
		UPDATE versions SET value = value + 1 WHERE slot = 64 + pg_backend_pid() % 16;
	END IF;
	IF was_listed AND NOT is_listed THEN
		UPDATE follows SET hidden = hidden | 1 WHERE follower_id = new.id AND hidden & 1 = 0;
		UPDATE follows SET hidden = hidden | 2 WHERE followed_id = new.id AND hidden & 2 = 0;
	ELSIF is_listed AND NOT was_listed THEN
		UPDATE follows SET hidden = hidden & ~1 WHERE follower_id = new.id AND hidden & 1 = 1;
		UPDATE follows SET hidden = hidden & ~2 WHERE followed_id = new.id AND hidden & 2 = 2;
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER users_updated AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION users_updated();
--> statement-breakpoint
CREATE FUNCTION tokens_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE versions SET value = value + 1 WHERE slot = old.user_id & 63;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER tokens_updated AFTER UPDATE ON tokens FOR EACH ROW
	WHEN ((to_jsonb(old) - 'last_used_at') IS DISTINCT FROM (to_jsonb(new) - 'last_used_at'))
	EXECUTE FUNCTION tokens_changed();
--> statement-breakpoint
CREATE TRIGGER tokens_deleted AFTER DELETE ON tokens FOR EACH ROW EXECUTE FUNCTION tokens_changed();
--> statement-breakpoint
CREATE FUNCTION blocks_inserting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM 1 FROM users WHERE id IN (new.blocker_id, new.blocked_id) ORDER BY id FOR UPDATE;
	RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER blocks_inserting BEFORE INSERT ON blocks FOR EACH ROW EXECUTE FUNCTION blocks_inserting();
--> statement-breakpoint
-- Counts, and looks again at what may have been committed while the keys were waited for: a block
-- takes the follow back, and a state that changed mends its mark.
CREATE FUNCTION follows_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT EXISTS (SELECT 1 FROM came) THEN RETURN NULL; END IF;
	PERFORM count_follows(array_agg(ROW(who, more, less, moves)::follow_change)) FROM (
		SELECT who, sum(more) AS more, sum(less) AS less, count(*) AS moves FROM (
			SELECT followed_id AS who, (hidden & 1 = 0)::int AS more, 0 AS less FROM came
			UNION ALL SELECT follower_id, 0, (hidden & 2 = 0)::int FROM came) AS ends
		GROUP BY who) AS sums;
	IF EXISTS (SELECT 1 FROM came JOIN blocks ON (blocker_id, blocked_id) IN
			((follower_id, followed_id), (followed_id, follower_id))) THEN
		DELETE FROM follows USING came WHERE follows.follower_id = came.follower_id
			AND follows.followed_id = came.followed_id AND EXISTS (SELECT 1 FROM blocks
				WHERE (blocker_id, blocked_id) IN
					((came.follower_id, came.followed_id), (came.followed_id, came.follower_id)));
	END IF;
	IF EXISTS (SELECT 1 FROM came JOIN users AS a ON a.id = follower_id JOIN users AS b ON b.id = followed_id
			WHERE hidden <> follow_mark(a.state, a.type, b.state, b.type)) THEN
		UPDATE follows SET hidden = follow_mark(a.state, a.type, b.state, b.type)
			FROM came, users AS a, users AS b
			WHERE a.id = came.follower_id AND b.id = came.followed_id
				AND follows.follower_id = came.follower_id AND follows.followed_id = came.followed_id
				AND follows.hidden <> follow_mark(a.state, a.type, b.state, b.type);
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION follow_mark(follower_state text, follower_type text, followed_state text, followed_type text)
RETURNS smallint LANGUAGE sql IMMUTABLE AS $$
	SELECT ((CASE WHEN follower_state = 'active' AND follower_type = 'human' THEN 0 ELSE 1 END)
		+ (CASE WHEN followed_state = 'active' AND followed_type = 'human' THEN 0 ELSE 2 END))::smallint
$$;
--> statement-breakpoint
CREATE TRIGGER follows_inserted AFTER INSERT ON follows REFERENCING NEW TABLE AS came
	FOR EACH STATEMENT EXECUTE FUNCTION follows_inserted();
--> statement-breakpoint
-- Users who are just being deleted have no counters any more.
CREATE FUNCTION follows_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT EXISTS (SELECT 1 FROM went) THEN RETURN NULL; END IF;
	PERFORM count_follows(array_agg(ROW(who, -more, -less, moves)::follow_change)) FROM (
		SELECT who, sum(more) AS more, sum(less) AS less, count(*) AS moves FROM (
			SELECT followed_id AS who, (hidden & 1 = 0)::int AS more, 0 AS less FROM went
			UNION ALL SELECT follower_id, 0, (hidden & 2 = 0)::int FROM went) AS ends
		WHERE EXISTS (SELECT 1 FROM users WHERE id = who)
		GROUP BY who) AS sums;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER follows_deleted AFTER DELETE ON follows REFERENCING OLD TABLE AS went
	FOR EACH STATEMENT EXECUTE FUNCTION follows_deleted();
--> statement-breakpoint
CREATE FUNCTION follows_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT EXISTS (SELECT 1 FROM went) THEN RETURN NULL; END IF;
	PERFORM count_follows(array_agg(ROW(who, more, less, moves)::follow_change)) FROM (
		SELECT who, sum(more) AS more, sum(less) AS less, count(*) AS moves FROM (
			SELECT came.followed_id AS who, (came.hidden & 1 = 0)::int - (went.hidden & 1 = 0)::int AS more, 0 AS less
				FROM came JOIN went USING (follower_id, followed_id)
			UNION ALL SELECT came.follower_id, 0, (came.hidden & 2 = 0)::int - (went.hidden & 2 = 0)::int
				FROM came JOIN went USING (follower_id, followed_id)) AS ends
		GROUP BY who) AS sums;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER follows_updated AFTER UPDATE ON follows REFERENCING OLD TABLE AS went NEW TABLE AS came
	FOR EACH STATEMENT EXECUTE FUNCTION follows_updated();
