extension Report {
    /// What is empty although a message needs it.
    var blanks: [ReportFault] {
        let texts: [(ReportPart, String)] = [
            (.reportID, id.text), (.application, route.application.name),
            (.receivingApplication, route.receivingApplication.name),
            (.receivingFacility, route.receivingFacility.name),
            (.laboratory, laboratory.name), (.laboratoryCode, laboratory.code.text),
            (.laboratoryAddress, laboratory.addressLines.first ?? ""),
            (.laboratoryTelephone, laboratory.telephone), (.unit, unit.name),
            (.personID, person.id.text), (.personName, person.details.name),
            (.tube, specimen.tube.text), (.pool, specimen.testing.pool?.text ?? "none"),
            (.assay, method.assay), (.kit, method.kit), (.enteredBy, enteredBy),
            (.reviewedBy, reviewedBy),
        ]
        return texts.filter { isBlank($0.1) && isNeeded($0.0) }.map { .blank($0.0) }
    }

    /// A tube that nobody tested has no assay and nobody who read it.
    private func isNeeded(_ part: ReportPart) -> Bool {
        guard case .untested = specimen.testing else { return true }
        return ![.assay, .kit, .enteredBy, .reviewedBy].contains(part)
    }

    /// What is written but cannot be what it should be.
    var malformed: [ReportFault] {
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
    var disorders: [ReportFault] {
        var faults: [ReportFault] = []
        if times.receivedAt < times.collectedAt { faults.append(.receivedBeforeCollected) }
        if times.testedAt < times.receivedAt { faults.append(.testedBeforeReceived) }
        if times.releasedAt < times.testedAt { faults.append(.releasedBeforeTested) }
        return faults
    }

    /// Parts that cannot both be true.
    var contradictions: [ReportFault] {
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
