internal import LabPooling

/// A row of the chance that a pool is detected, by its size.
struct DilutionRow {
    let row: TableRow

    init(_ row: TableRow) {
        self.row = row
    }

    func recompute() throws -> Recomputed {
        let size = try row.whole("pool_size")
        let positives = row["positives_in_pool"] == nil ? 1 : try row.whole("positives_in_pool")
        let dilution: Dilution
        switch row["model"] {
        case "gmm_viral_load":
            guard let limit = numbers.first.flatMap({ Int(exactly: $0) }) else {
                throw RowFault("parameter is not written LoD 174 copies")
            }
            dilution = .viralLoad(try ViralLoad(limit: limit))
        case "hwang1976":
            guard numbers.count == 2 else {
                throw RowFault("parameter is not written p=0.01; d=0.05")
            }
            dilution = .hwang(try Hwang(prevalence: numbers[0], index: numbers[1]))
        case "ct_shift":
            throw RowFault(
                "the list of Ct values behind the share is not in the table", isFaulty: false)
        default: throw RowFault("the model is none of gmm_viral_load, hwang1976, ct_shift")
        }
        let found = try dilution.detection(size: size, positives: positives, in: .laboratoryPool)
        let single = try dilution.detection(size: 1, in: .laboratoryPool)
        return .values(
            try row.compare("detection_probability", found)
                + row.compare("relative_to_single", found / single)
                + row.compare(
                    "ct_shift",
                    try PoolKind.laboratoryPool.ctShift(size: size, positives: positives)))
    }

    /// The numbers that stand in the parameter, in order.
    private var numbers: [Double] {
        (row["parameter"] ?? "").split { !($0.isNumber || $0 == "." || $0 == "-") }
            .compactMap { Double($0) }
    }
}
