internal import LabDomain

extension InstrumentReading {
    /// Whether another place of the same file says the same of the same well and target.
    ///
    /// Sheets differ in how far they round.
    func agrees(with other: InstrumentReading) -> Bool {
        let isSame =
            switch (cq, other.cq) {
            case (let one?, let two?): abs(one - two) < 0.01
            case (nil, nil): true
            default: false
            }
        return isSame && (called == nil || other.called == nil || called == other.called)
            && excluded == other.excluded
    }
}

extension InstrumentFile {
    /// One target in one well, as a file names it.
    struct Key: Hashable {
        let well: WellPosition
        let target: String
        var dye: String?
    }

    /// Leaves each well and target once, whichever of the file's tables it stands in.
    ///
    /// Tables that say the same are warned of.
    /// - Returns: A fault with both places for each two that disagree.
    mutating func unite() -> [InstrumentFault] {
        var first: [Key: Int] = [:]
        var kept: [InstrumentReading] = []
        var faults: [InstrumentFault] = []
        for reading in wells {
            let key = Key(well: reading.well, target: reading.target, dye: reading.dye)
            guard let index = first[key] else {
                first[key] = kept.count
                kept.append(reading)
                continue
            }
            let place = kept[index].place.description
            if reading.agrees(with: kept[index]), reading.sample == kept[index].sample {
                warn(reading.place, "the same well and target as in \(place); it is read once")
            } else {
                faults.append(
                    InstrumentFault(
                        reading.place,
                        "contradicts \(place): the same well and target, another result"))
            }
        }
        wells = kept
        return faults
    }
}
