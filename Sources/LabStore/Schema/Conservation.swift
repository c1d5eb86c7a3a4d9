/// The views that must always be empty: what the constraints of single tables cannot say.
enum Conservation {
    static let name = "2026-11 conservation"

    /// Each row of `violation` names a rule, a thing and what is wrong with it.
    static let statements = [
        """
        CREATE VIEW openRequest AS
        SELECT * FROM request WHERE state IN ('waiting', 'pooled', 'plated');
        """,
        """
        CREATE VIEW personPlace AS
        SELECT s.tube, s.person,
            (EXISTS (SELECT 1 FROM answer a WHERE a.tube = s.tube))
            + (SELECT count(*) FROM recollection r
               WHERE r.tube = s.tube AND r.person = s.person AND r.state <> 'withdrawn')
            + (t.state = 'expected')
            + (SELECT count(*) FROM openRequest q WHERE q.tube = s.tube) AS places
        FROM specimen s JOIN tube t ON t.barcode = s.tube;
        """,
        """
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
            WHERE a.state IS NULL OR a.state <> 'released';
        """,
    ]
}
