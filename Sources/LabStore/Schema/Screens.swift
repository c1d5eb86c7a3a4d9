/// What the pages look up with every request.
enum Screens {
    static let name = "2026-11 screens"

    static let statements = """
        CREATE INDEX tubeExpected ON tube(box) WHERE state = 'expected';
        CREATE INDEX clockOpenByBatch ON clock(box, rule, dueAt, pausedAt, startedAt)
            WHERE stoppedAt IS NULL;
        CREATE INDEX clockStoppedLate ON clock(box, rule) WHERE stoppedAt > dueAt;
        CREATE INDEX runToReview ON run(readAt, plate) WHERE state = 'valid';
        CREATE INDEX taskOpen ON task(openedAt, id) WHERE state = 'open';
        CREATE INDEX tubeByUnit ON tube(unit, box);
        CREATE INDEX tubeBySite ON tube(site, box);
        CREATE INDEX plateByTime ON plate(laidOutAt, id);
        CREATE INDEX plateUnread ON plate(laidOutAt, id) WHERE state = 'laid-out';
        CREATE INDEX poolByTime ON pool(formedAt, id);
        CREATE INDEX poolOpen ON pool(formedAt, id) WHERE state IN ('open', 'opened', 'split');
        """
}
