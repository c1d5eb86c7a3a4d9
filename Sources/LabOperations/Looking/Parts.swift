package import LabDomain
package import LabStore

extension Laboratory {
    /// A part of the tests that wait for a plate; retests, repeats and confirmations alone where
    /// asked.
    package func waitingTests(
        onlyRetests: Bool, after: String, as handle: String
    ) throws -> Part<WaitingTest> {
        try look(.seeWork, as: handle) { view in
            try view.waitingTests(onlyRetests: onlyRetests, after: after).map {
                WaitingTest(
                    request: $0.id, subject: $0.of.text, kind: $0.kind, purpose: $0.purpose,
                    kit: $0.kit, ordinal: $0.ordinal, pool: $0.pool, since: $0.openedAt,
                    due: $0.dueAt)
            }
        }
    }

    /// How many tests wait for each kit.
    package func waitingCounts(as handle: String) throws -> [WaitingCount] {
        try look(.seeWork, as: handle) { try $0.waitingCounts() }
    }

    /// A part of the people to call back, by unit and site; only this part is opened, and a
    /// collector sees those of their site (ACT-4).
    package func recollections(
        onlyOpen: Bool, unit: String?, after: String, size: Int = Part<WaitingRecollection>.size,
        as handle: String
    ) throws -> Part<WaitingRecollection> {
        try look(.seePeople, as: handle) { view, member in
            let scope = try member.place()
            return try view.recollections(
                onlyOpen: onlyOpen, unit: unit, of: scope, after: after, size: size
            ).map { stored in
                let details = try vault.open(stored.details, of: stored.person)
                return WaitingRecollection(
                    recollection: stored.id, tube: stored.tube, person: stored.person,
                    name: details.name, telephone: details.telephone, address: details.address,
                    unit: stored.unit, site: stored.site, reason: stored.reason,
                    state: stored.state, since: stored.openedAt, due: stored.dueAt)
            }
        }
    }

    /// The units with people to call back.
    package func unitsToCall(as handle: String) throws -> [UnitCount] {
        try look(.seePeople, as: handle) { view, member in
            try view.unitsToCall(of: try member.place())
        }
    }

    /// A part of the named tasks.
    package func tasks(
        onlyOpen: Bool, after: String, as handle: String
    ) throws -> Part<TaskEntry> {
        try look(.seeWork, as: handle) { try $0.tasks(onlyOpen: onlyOpen, after: after) }
    }

    /// A part of the negative answers that somebody may release, by plate and box.
    package func releaseGroups(
        after: (plate: PlateID, box: BoxID)?, as handle: String
    ) throws -> Part<ReleaseGroup> {
        try look(.release, as: handle) { try $0.releaseGroups(for: handle, after: after) }
    }

    /// A part of the positive answers that somebody may release.
    package func positivesToRelease(
        after: String, as handle: String
    ) throws -> Part<PositiveToRelease> {
        try look(.release, as: handle) { view in
            let assays = try rules(in: view).settings.assays
            return try view.positivesToRelease(for: handle, after: after).map { positive in
                var shown = positive
                shown.tests = positive.tests.map { test in
                    var test = test
                    test.readings.sort(inOrderOf: assays[test.kit]?.channels ?? [])
                    return test
                }
                return shown
            }
        }
    }

    /// Confirmations, retests and repeats that answers wait for.
    package func furtherTests(as handle: String) throws -> FurtherTests {
        try look(.release, as: handle) { try $0.furtherTests() }
    }

    /// Answers that wait for something else than a release by the one who looks, positives first.
    package func heldAnswers(most: Int, as handle: String) throws -> [HeldAnswers] {
        try look(.release, as: handle) { try $0.heldAnswers(from: handle, most: most) }
    }

    /// A part of the boxes with results that their unit is not known to have.
    package func undeliveredBoxes(
        after: String, as handle: String
    ) throws -> Part<UndeliveredBox> {
        try look(.release, as: handle) { try $0.undeliveredBoxes(after: after) }
    }
}

extension [Reading] {
    /// Puts a well's channels in their assay's order, the internal control last; what the assay of
    /// today does not know stays behind, in its old order.
    fileprivate mutating func sort(inOrderOf channels: [String]) {
        func place(_ reading: Reading) -> (Int, String) {
            (channels.firstIndex(of: reading.target) ?? channels.count, reading.target)
        }
        sort { place($0) < place($1) }
    }
}
