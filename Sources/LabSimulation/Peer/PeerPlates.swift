/// The plates of a laboratory: two that are being filled, and those under way.
struct PeerPlates: ~Copyable {
    private struct Plate: BitwiseCopyable {
        var count: Int32 = 0
        var isUrgent = false
        var isOpen = false
    }

    private var plates = Block(capacity: 64, filledWith: Plate())
    private var items: Block<UInt32>
    private var free = WaitingLine<Int32>(capacity: 64, blank: 0)
    private var used = 0
    private let samples: Int
    // The plate being filled with pools, and the one being filled with singles.
    private var filling: (routine: Int32, singles: Int32) = (-1, -1)

    init(samples: Int) {
        self.samples = samples
        items = Block(capacity: 64 * samples, filledWith: 0)
    }

    /// Puts a sample on the plate of its kind; the answer is the plate and how many it holds.
    @inline(__always)
    mutating func add(_ item: UInt32, isSingle: Bool) -> (plate: Int32, count: Int) {
        var plate = isSingle ? filling.singles : filling.routine
        if plate < 0 {
            plate = take(urgent: isSingle)
            if isSingle { filling.singles = plate } else { filling.routine = plate }
        }
        let count = Int(plates[Int(plate)].count)
        items[Int(plate) * samples + count] = item
        plates[Int(plate)].count = Int32(truncatingIfNeeded: count + 1)
        return (plate, count + 1)
    }

    /// Closes the plate that is being filled.
    mutating func finish(urgent: Bool) -> Int32 {
        let plate = urgent ? filling.singles : filling.routine
        if urgent { filling.singles = -1 } else { filling.routine = -1 }
        plates[Int(plate)].isOpen = false
        return plate
    }

    func count(_ plate: Int32) -> Int { Int(plates[Int(plate)].count) }
    func isUrgent(_ plate: Int32) -> Bool { plates[Int(plate)].isUrgent }
    mutating func makeUrgent(_ plate: Int32) { plates[Int(plate)].isUrgent = true }

    /// Whether the plate whose time is up is still the one being filled.
    ///
    /// A plate's place is given away again only after 139 minutes of work, far beyond any
    /// time-out, so that the number alone is enough.
    func isStillOpen(_ plate: Int32) -> Bool { plates[Int(plate)].isOpen }

    @inline(__always)
    func item(_ place: Int, on plate: Int32) -> UInt32 { items[Int(plate) * samples + place] }

    mutating func release(_ plate: Int32) { free.append(plate) }

    private mutating func take(urgent: Bool) -> Int32 {
        var plate = Int32(truncatingIfNeeded: used)
        if free.count > 0 {
            plate = free.removeFirst()
        } else {
            used += 1
            plates.reserve(used)
            items.reserve(used * samples)
        }
        plates[Int(plate)] = Plate(count: 0, isUrgent: urgent, isOpen: true)
        return plate
    }
}
