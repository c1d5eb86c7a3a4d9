/// Writes down what happens in one laboratory of the peer model.
///
/// Tubes and plates give their places away when they are done; the log keeps a row for each.
final class PeerLog {
    private var tubes: [LoggedTube] = []
    private var plates: [LoggedPlate] = []
    /// The row of what waits under a code, and of the plate at a place.
    private var rowOfItem: [UInt32: Int] = [:]
    private var rowOfPlate: [Int32: Int] = [:]

    func receive(_ item: PeerItem, closed: Double, members: Int, isPositive: Bool, at time: Double)
    {
        var tube = LoggedTube()
        tube.members = Int32(truncatingIfNeeded: members)
        (tube.isPositive, tube.closed, tube.received) = (isPositive, closed, time)
        rowOfItem[item.code] = tubes.count
        tubes.append(tube)
    }

    func callBack(_ single: PeerItem, of pool: PeerItem, at time: Double) {
        var tube = LoggedTube()
        tube.parent = Int32(truncatingIfNeeded: rowOfItem[pool.code] ?? -1)
        (tube.closed, tube.received) = (time, time)
        rowOfItem[single.code] = tubes.count
        tubes.append(tube)
    }

    func begin(_ item: PeerItem, at time: Double) {
        rowOfItem[item.code].map { tubes[$0].receptionStart = time }
    }

    /// A sample is put on a plate, whose first it may be.
    func put(_ item: PeerItem, on plate: Int32, isFirst: Bool, isUrgent: Bool, at time: Double) {
        if isFirst {
            rowOfPlate[plate] = plates.count
            plates.append(LoggedPlate())
            plates[plates.count - 1].isUrgent = isUrgent
        }
        guard let row = rowOfItem[item.code], let there = rowOfPlate[plate] else { return }
        tubes[row].receptionEnd = time
        tubes[row].plate = Int32(truncatingIfNeeded: there)
    }

    func form(_ plate: Int32, wells: Int, at time: Double) {
        rowOfPlate[plate].map {
            plates[$0].formed = time
            plates[$0].wells = Int32(truncatingIfNeeded: wells)
        }
    }

    func begin(_ stage: PlateStage, _ plate: Int32, at time: Double) {
        guard let row = rowOfPlate[plate] else { return }
        switch stage {
        case .extraction: plates[row].extraction = time
        case .pcr: plates[row].pcr = time
        case .review: plates[row].review = time
        }
    }

    func judge(_ plate: Int32, isRepeated: Bool, at time: Double) {
        guard let row = rowOfPlate[plate] else { return }
        if isRepeated { plates[row].repeats += 1 } else { plates[row].released = time }
    }

    /// The log with plates in the order of their forming, tubes in that of their closing, singles
    /// in that of their receipt.
    func finished() -> LaboratoryLog {
        let plateOrder = plates.indices.sorted {
            (plates[$0].formed, $0) < (plates[$1].formed, $1)
        }
        let tubeOrder = tubes.indices.sorted { (tubes[$0].closed, $0) < (tubes[$1].closed, $1) }
        let newPlate = Self.inverse(plateOrder)
        let newTube = Self.inverse(tubeOrder)
        let ordered = tubeOrder.map { row in
            var tube = tubes[row]
            if tube.plate >= 0 { tube.plate = newPlate[Int(tube.plate)] }
            if tube.parent >= 0 { tube.parent = newTube[Int(tube.parent)] }
            return tube
        }
        return LaboratoryLog(tubes: ordered, plates: plateOrder.map { plates[$0] })
    }

    private static func inverse(_ order: [Int]) -> [Int32] {
        var places = [Int32](repeating: 0, count: order.count)
        for (new, old) in order.enumerated() { places[old] = Int32(truncatingIfNeeded: new) }
        return places
    }
}
