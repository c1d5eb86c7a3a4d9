internal import LabDomain

extension InstrumentFile {
    /// Marks and warns of the readings without the curve that the file has of its others: one that
    /// is not there, or that ends before the cycle at which most end (IMP-31).
    mutating func markCurves() {
        var counts: [Double: Int] = [:]
        for reading in wells {
            if let last = reading.curve?.cycles.last { counts[last, default: 0] += 1 }
        }
        func text(_ cycle: Double) -> String {
            Int(exactly: cycle).map { "\($0)" } ?? "\(cycle)"
        }
        guard let end = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key else {
            return
        }
        var missing: [String] = []
        for index in wells.indices {
            let (target, well) = (wells[index].target, wells[index].well.description)
            guard let last = wells[index].curve?.cycles.last else {
                wells[index].lacksCurve = true
                missing.append("\(target) in \(well)")
                continue
            }
            guard last < end else { continue }
            wells[index].lacksCurve = true
            let (own, most) = (text(last), text(end))
            let words: Wording =
                "the curve of \(target) in \(well) ends at cycle \(own), others at \(most)"
            warn(wells[index].place, words)
        }
        guard !missing.isEmpty else { return }
        let more = missing.count > 12 ? ", ..." : ""
        let list = missing.prefix(12).joined(separator: ", ") + more
        let words: Wording =
            "\(missing.count) readings have no curve, as others have: \(list)"
        warn(FilePlace(), words)
    }
}
