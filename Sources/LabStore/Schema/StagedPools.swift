/// Pools that are cut into smaller ones: what follows when a pool reads positive, where a pool
/// came from, and two more states.
///
/// A constraint cannot be changed in place, so the table is built anew under its old name. Views
/// that name it are dropped first and made again, because SQLite reads them while it renames.
enum StagedPools {
    static let name = "2026-11 pools in stages"

    static let statements = [table, family, violations]

    private static let table = """
        DROP VIEW violation;
        CREATE TABLE stagedPool (
            id       TEXT PRIMARY KEY,
            risk     TEXT NOT NULL,
            size     INTEGER NOT NULL CHECK (size >= 1),
            state    TEXT NOT NULL CHECK (state IN
                     ('open', 'negative', 'opened', 'split', 'confirmed', 'unconfirmed',
                      'withdrawn')),
            formedAt INTEGER NOT NULL,
            parent   TEXT REFERENCES pool(id),
            below    TEXT NOT NULL CHECK (json_valid(below) AND below GLOB '[[]*]'
                     AND below NOT GLOB '*[^][0-9,]*'),
            CHECK (parent <> id),
            CHECK (state <> 'split' OR below <> '[]'),
            CHECK (state <> 'withdrawn' OR parent IS NOT NULL)
        ) STRICT;
        INSERT INTO stagedPool (id, risk, size, state, formedAt, below)
            SELECT id, risk, size, state, formedAt, '[]' FROM pool;
        DROP TABLE pool;
        ALTER TABLE stagedPool RENAME TO pool;
        CREATE INDEX poolByParent ON pool(parent) WHERE parent IS NOT NULL;
        """

    /// A smaller pool holds tubes of the pool that was cut, and fewer.
    private static let family = """
        CREATE TRIGGER onlyCutPoolsHaveSmallerOnes BEFORE INSERT ON pool
        WHEN NEW.parent IS NOT NULL AND NOT EXISTS (SELECT 1 FROM pool p
            WHERE p.id = NEW.parent AND p.state = 'split' AND p.size > NEW.size)
        BEGIN SELECT RAISE(ABORT, 'only a larger pool that was cut has smaller ones'); END;
        CREATE TRIGGER smallerPoolsKeepToTheirTubes BEFORE INSERT ON poolMember
        WHEN EXISTS (SELECT 1 FROM pool p WHERE p.id = NEW.pool AND p.parent IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM poolMember m
                            WHERE m.pool = p.parent AND m.tube = NEW.tube))
        BEGIN SELECT RAISE(ABORT, 'a smaller pool holds tubes of the pool that was cut'); END;
        """

    /// The view as it was, and what families of pools must keep to.
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
            WHERE q.state <> 'read' OR q.run IS NOT u.id
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
