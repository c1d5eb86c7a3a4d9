/// Released answers by their outcome in the order of their release: an export reads them page by
/// page, positives first.
enum ReleasedOrder {
    static let name = "2026-11 order of released answers"

    static let statement = """
        CREATE INDEX answerByOutcome ON answer(outcome, releasedAt, tube)
            WHERE state = 'released';
        """
}
