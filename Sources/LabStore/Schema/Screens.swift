/// What the pages look up with every request.
enum Screens {
    static let name = "2026-11 screens"

    static let statements = """
        CREATE INDEX tubeExpected ON tube(box) WHERE state = 'expected';
        CREATE INDEX plateUnread ON plate(laidOutAt, id) WHERE state = 'laid-out';
        CREATE INDEX runToReview ON run(readAt, plate) WHERE state = 'valid';
        CREATE INDEX runByTime ON run(readAt, plate);
        CREATE INDEX taskOpen ON task(openedAt, id) WHERE state = 'open';
        """
}
