internal import GRDB
package import LabDomain

extension StoreView {
    /// Released answers of people in the order of their tubes, behind one that was read before.
    ///
    /// A page costs the same however far it is. Withdrawn ones are left out.
    package func releasedAnswers(
        after last: (tube: TubeID, person: PersonID)?, from: Timestamp?, until: Timestamp?,
        limit: Int
    ) throws -> [ReleasedAnswer] {
        try rows(
            Self.released + """
                WHERE a.state = 'released' AND a.tube >= ?1
                    AND (a.tube > ?1 OR s.person > ?2)
                    AND (?3 IS NULL OR a.releasedAt >= ?3) AND (?4 IS NULL OR a.releasedAt < ?4)
                    AND NOT \(Self.isWithdrawn)
                ORDER BY a.tube, s.person LIMIT ?5
                """,
            [
                last?.tube.text ?? "", last?.person.text ?? "", from?.milliseconds,
                until?.milliseconds, limit,
            ]
        ).compactMap(unreported)
    }

    /// Released answers of people with one outcome in the order of their release, behind one that
    /// was read before: those without a report, or those with one.
    ///
    /// A page costs the same however far it is (index `answerByOutcome`). Withdrawn ones are left
    /// out.
    package func releasedAnswers(
        _ outcome: Outcome, reported: Bool, after last: ReleasedAnswer?, limit: Int
    ) throws -> [ReleasedAnswer] {
        try rows(
            Self.released + """
                WHERE a.state = 'released' AND a.outcome = ?1
                    AND (a.releasedAt, a.tube) >= (?2, ?3)
                    AND (a.releasedAt, a.tube, s.number) > (?2, ?3, ?4)
                    AND ?5 = EXISTS
                        (SELECT 1 FROM report r WHERE r.tube = a.tube AND r.person = s.person)
                    AND NOT \(Self.isWithdrawn)
                ORDER BY a.releasedAt, a.tube, s.number LIMIT ?6
                """,
            [
                outcome.rawValue, last?.releasedAt.milliseconds ?? 0, last?.tube.text ?? "",
                last?.place ?? 0, reported, limit,
            ]
        ).compactMap(unreported)
    }
}
