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
}
