/// A tube on its way from the site to the last result of its people.
struct ScenarioTube: BitwiseCopyable {
    var closed = 0.0
    var receipt = 0.0
    /// The next tube of the same site, trip or laboratory pool, or −1.
    var next: Int32 = -1
    var zone: Int32 = 0
    /// One bit for each member who carries the virus.
    var infected: UInt32 = 0
    /// One bit for each member whose positive single waits for the second kit.
    var confirming: UInt32 = 0
    var members: UInt8 = 0
    /// Members without a final result.
    var open: UInt8 = 0
    /// What a test of the whole tube, or of the pool it heads, will read.
    var reads = false
}

/// The tubes in flight, and when each of their members was swabbed.
///
/// A tube whose members all have results leaves its place to another: memory holds what is on
/// the way and not the population.
struct ScenarioTubes: ~Copyable {
    private var tubes: Block<ScenarioTube>
    // Minutes; a quarter of a second is lost after ten days.
    private var swabs: Block<Float>
    private var free: Block<Int32>
    private var freeCount = 0
    private(set) var used = 0
    private let stride: Int

    init(most members: Int) {
        stride = members
        tubes = Block(capacity: 1_024, filledWith: ScenarioTube())
        swabs = Block(capacity: 1_024 * members, filledWith: 0)
        free = Block(capacity: 256, filledWith: 0)
    }

    subscript(_ tube: Int32) -> ScenarioTube {
        @inline(__always) get { tubes[Int(tube)] }
        @inline(__always) _modify { yield &tubes[Int(tube)] }
    }

    /// An empty tube.
    @inline(__always)
    mutating func take(zone: Int32) -> Int32 {
        var tube = Int32(truncatingIfNeeded: used)
        if freeCount > 0 {
            freeCount -= 1
            tube = free[freeCount]
        } else {
            used += 1
            tubes.reserve(used)
            swabs.reserve(used * stride)
        }
        tubes[Int(tube)] = ScenarioTube(zone: zone)
        return tube
    }

    /// Puts a swab into the tube; the answer is how many it now holds.
    @inline(__always)
    mutating func add(swabbedAt time: Double, to tube: Int32) -> Int {
        let members = Int(tubes[Int(tube)].members)
        swabs[Int(tube) * stride + members] = Float(time)
        tubes[Int(tube)].members = UInt8(truncatingIfNeeded: members + 1)
        return members + 1
    }

    /// When a member of the tube was swabbed.
    @inline(__always)
    func swabbed(_ member: Int, of tube: Int32) -> Double {
        Double(swabs[Int(tube) * stride + member])
    }

    /// Gives the tube's place to another.
    @inline(__always)
    mutating func release(_ tube: Int32) {
        freeCount += 1
        free.reserve(freeCount)
        free[freeCount - 1] = tube
    }
}

/// What waits in a laboratory; five bits say what of the tube it is.
struct ScenarioItem {
    let code: UInt32

    @inline(__always) init(code: UInt32) { self.code = code }
    /// The tube as it was collected.
    @inline(__always) init(tube: Int32) { code = UInt32(bitPattern: tube) << 5 }
    /// The single tube of a member who was called back.
    @inline(__always) init(member: Int, of tube: Int32) {
        code = UInt32(bitPattern: tube) << 5 | UInt32(truncatingIfNeeded: member + 1)
    }
    /// The laboratory pool that begins with a tube.
    @inline(__always) init(poolFrom tube: Int32) { code = UInt32(bitPattern: tube) << 5 | 31 }
    /// The kept tube of a pool that read positive.
    @inline(__always) init(kept tube: Int32) { code = UInt32(bitPattern: tube) << 5 | 30 }

    @inline(__always) var tube: Int32 { Int32(bitPattern: code >> 5) }
    @inline(__always) var part: UInt32 { code & 31 }
    @inline(__always) var isCollected: Bool { part == 0 }
    @inline(__always) var isPool: Bool { part == 31 }
    @inline(__always) var isKept: Bool { part == 30 }
    /// The member's place, where it is a member's single tube.
    @inline(__always) var member: Int { Int(part) - 1 }
}
