internal import LabDomain

extension ResultMessage {
    /// ORC of an order.
    func order(_ number: HL7Value) -> HL7Segment {
        HL7Segment(
            "ORC",
            values: [
                1: "RE", 2: number, 3: number, 21: .texts(report.unit.name, "L"),
                22: .address(
                    report.unit.addressLines, country: report.laboratory.country, type: "B"),
                23: unitTelephone,
            ])
    }

    /// ORC-23.
    ///
    /// The profile requires one, so a unit without a telephone is reached through the laboratory,
    /// and the message says so.
    private var unitTelephone: HL7Value {
        if report.unit.telephone.isEmpty {
            return .telephone(
                TelephoneNumber(report.laboratory.telephone), use: "WPN",
                note: "of the laboratory")
        }
        return .telephone(TelephoneNumber(report.unit.telephone), use: "WPN")
    }

    /// OBR of the specimen itself; OBR-26 and OBR-29 point at the pool that was reported before.
    var request: HL7Segment {
        var parent = HL7Value.empty
        var parentOrder = HL7Value.empty
        if let pool = version.pool {
            let text = HL7Value(codes.tables.code(of: .detectedInPool).coded.text)
            parent = HL7Value(parts: [.coded(codes.order), "1", text])
            parentOrder = HL7Value(parts: [poolNumber(pool), poolNumber(pool)])
        }
        return HL7Segment(
            "OBR",
            values: [
                1: version.pool == nil ? "1" : "2", 2: ownNumber, 3: ownNumber,
                4: .coded(codes.order), 7: collectedAt, 22: releasedAt, 25: version.orderStatus,
                26: parent, 29: parentOrder, 32: handle(report.reviewedBy),
                34: handle(report.enteredBy),
            ])
    }

    /// OBR of the pool.
    func poolRequest(_ pool: MessageVersion.Pool) -> HL7Segment {
        HL7Segment(
            "OBR",
            values: [
                1: "1", 2: poolNumber(pool), 3: poolNumber(pool), 4: .coded(codes.order),
                7: collectedAt, 22: releasedAt, 25: "P", 32: handle(report.reviewedBy),
                34: handle(report.enteredBy),
            ])
    }

    /// NDL with a handle of the laboratory's staff: no name, the laboratory knows whose it is.
    private func handle(_ handle: String) -> HL7Value {
        if handle.isEmpty { return .empty }
        let oid = report.route.application.oid
        return HL7Value(parts: [.texts(handle, "", "", "", "", "", "", "", "", oid, "ISO")])
    }
}
