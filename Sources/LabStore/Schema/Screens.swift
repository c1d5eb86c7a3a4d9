/// What the pages look up with every request.
enum Screens {
    static let name = "2026-11 screens"

    static let statements = """
        CREATE INDEX tubeExpected ON tube(box) WHERE state = 'expected';
        CREATE INDEX poolByTime ON pool(formedAt, id);
        CREATE INDEX poolOpen ON pool(formedAt, id) WHERE state IN ('open', 'opened', 'split');
        """
}
