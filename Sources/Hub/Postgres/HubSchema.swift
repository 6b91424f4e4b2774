import Journal

/// The tables of a hub: the database of one estate.
///
/// Nodes may only add and read; the keys of sealed particulars are the one exception, since they must be able to end.
public enum HubSchema {
    /// The version of the tables that this program knows; it uses none of a later one.
    static let format = 1

    /// The SQL that a database administrator runs once in the estate's own database; running it again changes nothing.
    ///
    /// It makes the role `frontdesk_DATABASE`, of which each machine's login becomes a member.
    public static func sql(estate: EntryID) -> String {
        """
        BEGIN;
        CREATE SCHEMA IF NOT EXISTS frontdesk;
        -- The one estate whose records these are.
        CREATE TABLE IF NOT EXISTS frontdesk.estate (
            id text PRIMARY KEY,
            format integer NOT NULL DEFAULT \(format),
            is_only boolean NOT NULL DEFAULT true UNIQUE CHECK (is_only)
        );
        INSERT INTO frontdesk.estate (id) VALUES ('\(estate.text)') ON CONFLICT DO NOTHING;
        -- The logs of all nodes, line by line; body is the line as it stands in its node's file.
        CREATE TABLE IF NOT EXISTS frontdesk.line (
            node text COLLATE "C" NOT NULL,
            seq bigint NOT NULL CHECK (seq > 0),
            hash bytea NOT NULL CHECK (octet_length(hash) = 32),
            segment text NOT NULL,
            place bigint NOT NULL,
            body bytea NOT NULL CHECK (octet_length(body) < \(BatchLimit.longestLine)),
            PRIMARY KEY (node, seq)
        );
        -- Lines whose number another line has: of a machine that was cloned or put back.
        CREATE TABLE IF NOT EXISTS frontdesk.fork (
            node text COLLATE "C" NOT NULL,
            seq bigint NOT NULL,
            hash bytea NOT NULL,
            segment text NOT NULL,
            place bigint NOT NULL,
            body bytea NOT NULL CHECK (octet_length(body) < \(BatchLimit.longestLine)),
            PRIMARY KEY (node, seq, hash)
        );
        -- The keys of sealed particulars, and which node has destroyed one of which anything has ended.
        CREATE TABLE IF NOT EXISTS frontdesk.key (
            name text COLLATE "C" PRIMARY KEY,
            content bytea NOT NULL
        );
        CREATE TABLE IF NOT EXISTS frontdesk.key_end (
            name text COLLATE "C" NOT NULL,
            node text COLLATE "C" NOT NULL,
            PRIMARY KEY (name, node)
        );
        DO $$
        DECLARE nodes text := 'frontdesk_' || current_database();
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = nodes) THEN
                EXECUTE format('CREATE ROLE %I NOLOGIN', nodes);
            END IF;
            EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
            -- Before PostgreSQL 15 everybody might make tables there.
            REVOKE CREATE ON SCHEMA public FROM PUBLIC;
            EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), nodes);
            EXECUTE format('GRANT USAGE ON SCHEMA frontdesk TO %I', nodes);
            EXECUTE format('GRANT SELECT ON frontdesk.estate TO %I', nodes);
            EXECUTE format('GRANT SELECT, INSERT ON frontdesk.line, frontdesk.fork, frontdesk.key_end TO %I', nodes);
            EXECUTE format('GRANT SELECT, INSERT, DELETE ON frontdesk.key TO %I', nodes);
        END $$;
        COMMIT;

        """
    }
}
