internal import GRDB
package import LabDomain

/// One fact of a thing's story.
package struct TracedFact: Hashable, Sendable {
    package let number: Int
    package let at: Timestamp
    package let actor: Actor
    package let verb: String
    package let subject: String
    package let fact: Fact
}

extension StoreView {
    /// Everything that happened to a tube, pool, plate, box, manifest or person, in order.
    ///
    /// A tube's story includes that of its pools, of the plates on which it or they lay and of its
    /// batch; a person's story that of all their tubes; a recollection's new tube follows.
    /// - Returns: nothing when the barcode or identifier is known to nobody.
    package func trace(_ text: String) throws -> [TracedFact] {
        let subjects = try related(to: text)
        var facts: [Int: TracedFact] = [:]
        for subject in subjects {
            for row in try rows("SELECT * FROM fact WHERE subject = ? ORDER BY number", [subject]) {
                let number: Int = row["number"]
                guard facts[number] == nil, let kind = FactKind(rawValue: row["kind"]) else {
                    continue
                }
                let fact = try FactCodec.decode(kind, row["payload"])
                guard fact.concerns(subjects) else { continue }
                facts[number] = TracedFact(
                    number: number, at: Timestamp(milliseconds: row["at"]),
                    actor: Actor(
                        handle: row["actor"], role: Role(rawValue: row["role"]) ?? .system),
                    verb: row["verb"], subject: subject, fact: fact)
            }
        }
        let isPerson = try row("SELECT 1 FROM person WHERE id = ?", [text]) != nil
        let others = isPerson ? try recollections(of: facts.values, butNotOf: PersonID(text)) : []
        return facts.values.filter { !$0.fact.isAbout(recollections: others) }
            .sorted { $0.number < $1.number }
    }

    /// The recollections of other people of the same tubes: they are no part of this person's
    /// story.
    private func recollections(
        of facts: some Sequence<TracedFact>, butNotOf person: PersonID
    ) throws -> Set<RecollectionID> {
        Set(
            facts.compactMap { traced in
                guard case .recollectionOpened(let fact) = traced.fact, fact.person != person
                else { return nil }
                return fact.recollection
            })
    }

    private func related(to text: String) throws -> Set<String> {
        var tubes: Set<String> = []
        if try isRegistered(TubeID(text)) { tubes.insert(text) }
        for row in try rows("SELECT tube FROM specimen WHERE person = ?", [text]) {
            tubes.insert(row["tube"])
        }
        for row in try rows(
            "SELECT tube, newTube FROM recollection WHERE newTube = ?1 OR tube = ?1 OR id = ?1",
            [text])
        {
            tubes.insert(row["tube"])
            if let new = row["newTube"] as String? { tubes.insert(new) }
        }
        var subjects: Set<String> = tubes.union([text])
        for tube in tubes {
            for row in try rows("SELECT pool FROM poolMember WHERE tube = ?", [tube]) {
                subjects.insert(row["pool"])
            }
            if let row = try row("SELECT box, manifest FROM tube WHERE barcode = ?", [tube]) {
                subjects.formUnion([row["box"], row["manifest"]])
            }
        }
        for pool in try family(of: text) { subjects.insert(pool) }
        for subject in subjects {
            for row in try rows(
                """
                SELECT w.plate FROM request q JOIN well w ON w.request = q.id
                WHERE q.tube = ?1 OR q.pool = ?1
                UNION SELECT w.plate FROM request q JOIN failedWell w ON w.request = q.id
                WHERE q.tube = ?1 OR q.pool = ?1
                """, [subject])
            {
                subjects.insert(row["plate"])
            }
        }
        return subjects.union(try subjects.flatMap(platesBehind))
    }

    /// The plate on which a plate was put, or whose failed run it repeats.
    private func platesBehind(_ subject: String) throws -> [String] {
        try rows(
            """
            SELECT plate AS id FROM quadrant WHERE source = ?1
            UNION SELECT source FROM quadrant WHERE plate = ?1
            UNION SELECT rerunOf FROM plate WHERE id = ?1 AND rerunOf IS NOT NULL
            """, [subject]
        ).map { $0["id"] }
    }
}

extension StoreView {
    /// A pool's story is that of the pools out of which it was cut, and of those cut out of it.
    fileprivate func family(of pool: String) throws -> [String] {
        try rows(
            """
            WITH RECURSIVE above(id) AS (
                SELECT id FROM pool WHERE id = ?1
                UNION SELECT p.parent FROM pool p JOIN above ON p.id = above.id
                    WHERE p.parent IS NOT NULL),
            below(id) AS (
                SELECT id FROM pool WHERE id = ?1
                UNION SELECT p.id FROM pool p JOIN below ON p.parent = below.id)
            SELECT id FROM above UNION SELECT id FROM below
            """, [pool]
        ).map { $0["id"] }
    }
}

extension Fact {
    /// Whether a fact opens or ends one of these recollections.
    fileprivate func isAbout(recollections: Set<RecollectionID>) -> Bool {
        switch self {
        case .recollectionOpened(let fact): recollections.contains(fact.recollection)
        case .recollectionClosed(let fact): recollections.contains(fact.recollection)
        default: false
        }
    }

    /// Whether a fact about a batch says anything about these things.
    fileprivate func concerns(_ subjects: Set<String>) -> Bool {
        switch self {
        case .clocksStarted(let fact):
            fact.subjects.contains { subjects.contains($0.text) } || isAllThatIsAsked(subjects)
        case .clocksStopped(let fact):
            fact.subjects.contains { subjects.contains($0.text) } || isAllThatIsAsked(subjects)
        case .clocksWithdrawn(let fact):
            fact.subjects.contains { subjects.contains($0.text) } || isAllThatIsAsked(subjects)
        case .feedbackDelivered(let fact):
            fact.tubes.contains { subjects.contains($0.text) } || isAllThatIsAsked(subjects)
        default: true
        }
    }

    private func isAllThatIsAsked(_ subjects: Set<String>) -> Bool {
        subjects == [payload.subject]
    }
}
