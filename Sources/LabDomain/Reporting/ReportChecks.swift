/// The parts that every report has, and what must be true of them.
package struct ReportParts: Hashable, Sendable {
    package let id: ReportID
    package let route: Report.Route
    package let laboratory: Report.Laboratory
    package let unit: Report.SendingUnit
    package let specimen: Report.Specimen
    package let times: Report.Times
    package let outcome: Outcome
    package let method: Report.Method
    /// The handle of whoever entered the run.
    package let enteredBy: String
    /// The handle of whoever reviewed it.
    package let reviewedBy: String

    /// Parts that are not yet checked.
    package init(
        id: ReportID, route: Report.Route, laboratory: Report.Laboratory, unit: Report.SendingUnit,
        specimen: Report.Specimen, times: Report.Times, outcome: Outcome, method: Report.Method,
        enteredBy: String, reviewedBy: String
    ) {
        self.id = id
        self.route = route
        self.laboratory = laboratory
        self.unit = unit
        self.specimen = specimen
        self.times = times
        self.outcome = outcome
        self.method = method
        self.enteredBy = enteredBy
        self.reviewedBy = reviewedBy
    }
}

extension ReportParts {
    /// Every reason why a report of these parts is held, in the order of `ReportFault`; `subject`
    /// is what names the person or the place.
    func faults(of subject: [(ReportPart, String)]) -> [ReportFault] {
        blanks(subject) + malformed + disorders + contradictions
    }

    /// What is empty although a message needs it.
    private func blanks(_ subject: [(ReportPart, String)]) -> [ReportFault] {
        let texts: [(ReportPart, String)] = [
            (.reportID, id.text), (.application, route.application.name),
            (.receivingApplication, route.receivingApplication.name),
            (.receivingFacility, route.receivingFacility.name),
            (.laboratory, laboratory.name), (.laboratoryCode, laboratory.code.text),
            (.laboratoryAddress, laboratory.addressLines.first ?? ""),
            (.laboratoryTelephone, laboratory.telephone), (.unit, unit.name),
        ]
        let rest: [(ReportPart, String)] = [
            (.tube, specimen.tube.text), (.pool, specimen.testing.pool?.text ?? "none"),
            (.assay, method.assay), (.kit, method.kit), (.enteredBy, enteredBy),
            (.reviewedBy, reviewedBy),
        ]
        return (texts + subject + rest)
            .filter { isBlank($0.1) && isNeeded($0.0) }.map { .blank($0.0) }
    }

    /// A tube that nobody tested has no assay and nobody who read it.
    private func isNeeded(_ part: ReportPart) -> Bool {
        guard case .untested = specimen.testing else { return true }
        return ![.assay, .kit, .enteredBy, .reviewedBy].contains(part)
    }

    /// What is written but cannot be what it should be.
    private var malformed: [ReportFault] {
        let oids: [(ReportPart, String)] = [
            (.application, route.application.oid),
            (.receivingApplication, route.receivingApplication.oid),
            (.receivingFacility, route.receivingFacility.oid), (.laboratory, laboratory.oid),
        ]
        var faults = oids.filter { !Report.Party.isOID($0.1) }.map { ReportFault.notOID($0.0) }
        if case .clia(let number) = laboratory.code, !isCLIA(number) { faults.append(.notCLIA) }
        let country = laboratory.country.utf8
        if country.count != 3 || !country.allSatisfy(isCapital) { faults.append(.notCountry) }
        return faults
    }

    /// Moments that stand in the wrong order.
    private var disorders: [ReportFault] {
        var faults: [ReportFault] = []
        if times.receivedAt < times.collectedAt { faults.append(.receivedBeforeCollected) }
        if times.testedAt < times.receivedAt { faults.append(.testedBeforeReceived) }
        if times.releasedAt < times.testedAt { faults.append(.releasedBeforeTested) }
        return faults
    }

    /// Parts that cannot both be true.
    private var contradictions: [ReportFault] {
        var faults: [ReportFault] = []
        switch specimen.testing {
        case .alone, .untested: break
        case .mixedTube(let people):
            if people < 1 { faults.append(.nobodyShares) }
            if outcome == .detected { faults.append(.detectedInMixedTube) }
        case .laboratoryPool(_, let size):
            if size < 1 { faults.append(.nobodyShares) }
            if outcome == .detected { faults.append(.detectedInPool) }
        }
        if enteredBy == reviewedBy, !isBlank(enteredBy) { faults.append(.ownReview) }
        return faults
    }
}

private func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }

extension Report.Party {
    /// Whether a text is an ISO object identifier: arcs without leading zeros, the first 0 to 2.
    package static func isOID(_ text: String) -> Bool {
        let arcs = text.utf8.split(separator: 46, omittingEmptySubsequences: false)
        guard arcs.count >= 2, let root = arcs.first, root.count == 1, let first = root.first,
            (48...50).contains(first)
        else { return false }
        return arcs.allSatisfy { arc in
            arc.allSatisfy(isDigit) && !arc.isEmpty && (arc.count == 1 || arc.first != 48)
        }
    }
}

/// Whether a text has the form of a CLIA number: `05D1234567`.
private func isCLIA(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count == 10 && bytes[2] == 68
        && bytes.enumerated().allSatisfy { $0.offset == 2 || isDigit($0.element) }
}
