/// The plates of a laboratory: two that are being filled, and those under way.
struct ScenarioPlates: ~Copyable {
    private struct Plate: BitwiseCopyable {
        var count: Int32 = 0
        var isUrgent = false
        var isOpen = false
        // When it is closed though not full; it tells a plate from the next at its place.
        var deadline = 0.0
    }

    private var plates = Block(capacity: 64, filledWith: Plate())
    private var items: Block<UInt32>
    private var free = WaitingLine<Int32>(capacity: 64, blank: 0)
    private var used = 0
    private let samples: Int
    private var filling: (routine: Int32, urgent: Int32) = (-1, -1)

    init(samples: Int) {
        self.samples = samples
        items = Block(capacity: 64 * samples, filledWith: 0)
    }

    /// Puts a sample on the plate of its class; a fresh plate gets the deadline.
    @inline(__always)
    mutating func add(
        _ item: UInt32, urgently: Bool, deadline: Double
    ) -> (plate: Int32, count: Int) {
        var plate = urgently ? filling.urgent : filling.routine
        if plate < 0 {
            plate = take()
            plates[Int(plate)] = Plate(
                count: 0, isUrgent: urgently, isOpen: true, deadline: deadline)
            if urgently { filling.urgent = plate } else { filling.routine = plate }
        }
        let count = Int(plates[Int(plate)].count)
        items[Int(plate) * samples + count] = item
        plates[Int(plate)].count = Int32(truncatingIfNeeded: count + 1)
        return (plate, count + 1)
    }

    /// Closes the plate that is being filled.
    mutating func close(urgent: Bool) -> Int32 {
        let plate = urgent ? filling.urgent : filling.routine
        if urgent { filling.urgent = -1 } else { filling.routine = -1 }
        plates[Int(plate)].isOpen = false
        return plate
    }

    func count(_ plate: Int32) -> Int { Int(plates[Int(plate)].count) }
    func isUrgent(_ plate: Int32) -> Bool { plates[Int(plate)].isUrgent }
    mutating func makeUrgent(_ plate: Int32) { plates[Int(plate)].isUrgent = true }

    /// Whether the plate whose time is up is still the one being filled.
    func isDue(_ plate: Int32, at time: Double) -> Bool {
        plates[Int(plate)].isOpen && plates[Int(plate)].deadline == time
    }

    @inline(__always)
    func item(_ place: Int, on plate: Int32) -> UInt32 { items[Int(plate) * samples + place] }

    mutating func release(_ plate: Int32) { free.append(plate) }

    private mutating func take() -> Int32 {
        if free.count > 0 { return free.removeFirst() }
        used += 1
        plates.reserve(used)
        items.reserve(used * samples)
        return Int32(truncatingIfNeeded: used - 1)
    }
}
