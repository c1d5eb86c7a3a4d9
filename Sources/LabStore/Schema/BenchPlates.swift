/// Plates that are put together or run again, wells that fail, lots of kits, and wells at which a
/// person must look.
///
/// A constraint cannot be changed in place, so the table of plates is built anew under its old
/// name, and the view that must be empty is made again with what the new tables must keep to.
enum BenchPlates {
    static let name = "2026-11 plates of the bench"

    static let statements = [plates, readings, violations]

    private static let plates = """
        DROP VIEW violation;
        CREATE TABLE benchPlate (
            id        TEXT PRIMARY KEY,
            format    INTEGER NOT NULL CHECK (format IN (96, 384)),
            kit       TEXT NOT NULL CHECK (kit IN ('first', 'second')),
            assay     TEXT NOT NULL,
            version   TEXT NOT NULL,
            state     TEXT NOT NULL CHECK (state IN
                      ('laid-out', 'read', 'abandoned', 'combined')),
            laidOutAt INTEGER NOT NULL,
            lot       TEXT,
            rerunOf   TEXT REFERENCES plate(id),
            CHECK (rerunOf <> id),
            CHECK (state <> 'combined' OR format = 96)
        ) STRICT;
        INSERT INTO benchPlate (id, format, kit, assay, version, state, laidOutAt)
            SELECT id, format, kit, assay, version, state, laidOutAt FROM plate;
        DROP TABLE plate;
        ALTER TABLE benchPlate RENAME TO plate;
        CREATE INDEX plateByTime ON plate(laidOutAt, id);
        CREATE INDEX plateUnread ON plate(laidOutAt, id) WHERE state = 'laid-out';
        CREATE INDEX plateByRerun ON plate(rerunOf) WHERE rerunOf IS NOT NULL;
        CREATE TABLE quadrant (
            source TEXT PRIMARY KEY REFERENCES plate(id),
            plate  TEXT NOT NULL REFERENCES plate(id),
            number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 4),
            UNIQUE (plate, number),
            CHECK (source <> plate)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE failedWell (
            plate    TEXT NOT NULL REFERENCES plate(id),
            position TEXT NOT NULL
                     CHECK (position GLOB '[A-P][1-9]' OR position GLOB '[A-P][12][0-9]'),
            request  TEXT UNIQUE REFERENCES request(id),
            reason   TEXT NOT NULL,
            failedAt INTEGER NOT NULL,
            failedBy TEXT,
            PRIMARY KEY (plate, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER aFailedWellIsNone BEFORE INSERT ON failedWell
        WHEN EXISTS (SELECT 1 FROM well w
            WHERE w.plate = NEW.plate AND w.position = NEW.position)
        BEGIN SELECT RAISE(ABORT, 'the well is still to be read'); END;
        CREATE TRIGGER readPlatesKeepTheirWells BEFORE INSERT ON failedWell
        WHEN (SELECT state FROM plate WHERE id = NEW.plate) <> 'laid-out'
        BEGIN SELECT RAISE(ABORT, 'only wells that wait for their run fail'); END;
        """

    private static let readings = """
        ALTER TABLE reading ADD COLUMN called TEXT
            CHECK (called IN ('detected', 'grey', 'not-detected'));
        ALTER TABLE reading ADD COLUMN isExcluded INTEGER NOT NULL DEFAULT 0
            CHECK (isExcluded IN (0, 1));
        ALTER TABLE reading ADD COLUMN ownCq REAL CHECK (ownCq BETWEEN 0 AND 100);
        ALTER TABLE reading ADD COLUMN curve TEXT
            CHECK (curve IN ('positive', 'negative', 'ambiguous'));
        ALTER TABLE reading ADD COLUMN curveQuality REAL;
        ALTER TABLE controlFault ADD COLUMN why TEXT;
        CREATE TABLE look (
            run      TEXT NOT NULL REFERENCES run(id),
            position TEXT NOT NULL,
            request  TEXT REFERENCES request(id),
            reasons  TEXT NOT NULL CHECK (reasons <> ''),
            verdict  TEXT CHECK (verdict IN ('detected', 'not-detected', 'grey')),
            reason   TEXT,
            state    TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'repeated', 'refused')),
            lookedBy TEXT,
            lookedAt INTEGER,
            PRIMARY KEY (run, position),
            CHECK ((request IS NULL) = (verdict IS NULL)),
            CHECK ((state = 'open') = (lookedBy IS NULL)),
            CHECK ((lookedBy IS NULL) = (lookedAt IS NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX lookOpen ON look(run) WHERE state = 'open';
        CREATE INDEX lookByRequest ON look(request) WHERE request IS NOT NULL;
        CREATE TRIGGER lookByAnother BEFORE UPDATE OF state ON look
        WHEN (SELECT enteredBy FROM run WHERE id = NEW.run) = NEW.lookedBy
        BEGIN SELECT RAISE(ABORT, 'nobody looks at what they entered'); END;
        CREATE TRIGGER answerNeedsLook BEFORE INSERT ON answer
        WHEN EXISTS (SELECT 1 FROM look k WHERE k.request = NEW.request AND k.state = 'open')
        BEGIN SELECT RAISE(ABORT, 'a person must look first'); END;
        """

    /// The view as it was, and what looks and plates that were put together must keep to.
    private static let violations = """
        CREATE VIEW violation AS
        SELECT 'CONS-1' AS rule, tube AS thing,
            'a person in it has ' || places || ' answers and open tasks' AS what
            FROM personPlace WHERE places <> 1
        UNION ALL
        SELECT 'CONS-1', barcode, 'the specimen of the environment has not one answer or task'
            FROM tube t WHERE kind = 'environmental'
            AND (EXISTS (SELECT 1 FROM answer a WHERE a.tube = t.barcode))
                + (SELECT count(*) FROM task k WHERE k.about = t.barcode
                   AND k.kind = 'sample-again' AND k.state <> 'withdrawn')
                + (t.state = 'expected')
                + (SELECT count(*) FROM openRequest q WHERE q.tube = t.barcode) <> 1
        UNION ALL
        SELECT 'CONS-1', tube, 'the tube waits for a pool that is not being tested'
            FROM request q WHERE q.state = 'pooled' AND NOT EXISTS (
                SELECT 1 FROM poolMember m JOIN openRequest p ON p.pool = m.pool
                WHERE m.tube = q.tube AND m.isOpen = 1)
        UNION ALL
        SELECT 'CONS-1', barcode, 'a mixed or single tube without people'
            FROM tube t WHERE kind <> 'environmental'
            AND NOT EXISTS (SELECT 1 FROM specimen s WHERE s.tube = t.barcode)
        UNION ALL
        SELECT 'CONS-2', w.plate || ' ' || w.position, 'a well was run and its tube not answered'
            FROM well w JOIN run u ON u.plate = w.plate JOIN request q ON q.id = w.request
            WHERE (q.state <> 'read' OR q.run IS NOT u.id) AND NOT EXISTS (
                SELECT 1 FROM look k WHERE k.run = u.id AND k.position = w.position
                AND k.state = 'open' AND q.state = 'plated')
        UNION ALL
        SELECT 'CONS-2', k.run || ' ' || k.position, 'a look is open and nothing waits for it'
            FROM look k JOIN run u ON u.id = k.run LEFT JOIN request q ON q.id = k.request
            WHERE k.state = 'open'
                AND (u.state IN ('invalid', 'refused') OR q.state IS NOT
                    CASE WHEN k.request IS NULL THEN NULL ELSE 'plated' END)
        UNION ALL
        SELECT 'CONS-2', p.id, 'a plate was put together with others and has wells of its own'
            FROM plate p WHERE p.state = 'combined'
                AND (NOT EXISTS (SELECT 1 FROM quadrant x WHERE x.source = p.id)
                    OR EXISTS (SELECT 1 FROM well w WHERE w.plate = p.id))
        UNION ALL
        SELECT 'CONS-2', q.id, 'a test was answered and no well was run'
            FROM request q WHERE q.run IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM well w JOIN run u ON u.plate = w.plate
                WHERE w.request = q.id AND u.id = q.run)
        UNION ALL
        SELECT 'CONS-3', tube, 'the tube is in two open pools'
            FROM poolMember WHERE isOpen = 1 GROUP BY tube HAVING count(*) > 1
        UNION ALL
        SELECT 'CONS-3', p.id, 'the pool and its members disagree about being open'
            FROM pool p WHERE EXISTS (SELECT 1 FROM poolMember m WHERE m.pool = p.id
                AND m.isOpen <> (p.state IN ('open', 'opened')))
        UNION ALL
        SELECT 'CONS-3', p.id, 'the pool has not the members that it counts'
            FROM pool p WHERE p.size <> (SELECT count(*) FROM poolMember m WHERE m.pool = p.id)
        UNION ALL
        SELECT 'CONS-4', a.tube, 'an answer from a run that is not valid'
            FROM answer a JOIN run u ON u.id = a.run WHERE u.state IN ('invalid', 'refused')
        UNION ALL
        SELECT 'CONS-4', r.tube, 'a report without a released answer'
            FROM report r LEFT JOIN answer a ON a.tube = r.tube
            WHERE a.state IS NULL OR a.state <> 'released'
        UNION ALL
        SELECT 'CONS-5', p.id, 'the pool is tested further and none of its members is'
            FROM pool p WHERE p.state IN ('opened', 'split') AND NOT EXISTS (
                SELECT 1 FROM poolMember m JOIN openRequest q ON q.tube = m.tube
                WHERE m.pool = p.id)
        UNION ALL
        SELECT 'CONS-5', p.id, 'the pool is concluded and a member is still tested'
            FROM pool p WHERE p.state IN ('negative', 'confirmed', 'unconfirmed') AND EXISTS (
                SELECT 1 FROM poolMember m JOIN openRequest q ON q.tube = m.tube
                WHERE m.pool = p.id)
        UNION ALL
        SELECT 'CONS-5', p.id, 'the pool was cut and has no smaller one'
            FROM pool p WHERE p.state = 'split' AND NOT EXISTS (
                SELECT 1 FROM pool c WHERE c.parent = p.id AND c.state <> 'withdrawn')
        UNION ALL
        SELECT 'CONS-5', c.id, 'the pool came out of one that was not cut'
            FROM pool c JOIN pool p ON p.id = c.parent
            WHERE c.state <> 'withdrawn' AND p.state NOT IN ('split', 'confirmed', 'unconfirmed')
        UNION ALL
        SELECT 'CONS-5', p.id, 'the pool is withdrawn and its test still waits'
            FROM pool p JOIN openRequest q ON q.pool = p.id WHERE p.state = 'withdrawn'
        UNION ALL
        SELECT 'CONS-5', m.tube, 'the tube is in two parts of one pool'
            FROM poolMember m JOIN pool c ON c.id = m.pool
            WHERE c.parent IS NOT NULL AND c.state <> 'withdrawn'
            GROUP BY c.parent, m.tube HAVING count(*) > 1;
        """
}
