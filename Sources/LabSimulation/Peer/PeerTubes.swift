/// A tube of several swabs on its way from the site to the last result of its members.
struct PeerTube: BitwiseCopyable {
    /// When the laboratory received it.
    var receipt = 0.0
    /// The next tube of the same trip, or −1.
    var next: Int32 = -1
    var members: UInt8 = 0
    var isPositive = false
    /// Members without a final result.
    var open: UInt8 = 0
}

/// The tubes in flight, and when each of their members was swabbed.
///
/// A tube whose members all have results leaves its place to another, so that memory holds what
/// is on the way and not the population.
struct PeerTubes: ~Copyable {
    private var tubes: Block<PeerTube>
    private var swabs: Block<Double>
    private var free: Block<Int32>
    private var freeCount = 0
    private var used = 0
    let poolSize: Int

    init(poolSize: Int) {
        precondition((1...30).contains(poolSize), "A tube holds 1 to 30 swabs.")
        self.poolSize = poolSize
        tubes = Block(capacity: 1_024, filledWith: PeerTube())
        swabs = Block(capacity: 1_024 * poolSize, filledWith: 0)
        free = Block(capacity: 256, filledWith: 0)
    }

    subscript(_ tube: Int32) -> PeerTube {
        @inline(__always) get { tubes[Int(tube)] }
        @inline(__always) _modify { yield &tubes[Int(tube)] }
    }

    /// An empty tube.
    @inline(__always)
    mutating func take() -> Int32 {
        if freeCount > 0 {
            freeCount -= 1
            let tube = free[freeCount]
            tubes[Int(tube)] = PeerTube()
            return tube
        }
        used += 1
        tubes.reserve(used)
        swabs.reserve(used * poolSize)
        tubes[used - 1] = PeerTube()
        return Int32(truncatingIfNeeded: used - 1)
    }

    /// Puts a swab into the tube; the answer is how many it now holds.
    @inline(__always)
    mutating func add(swabbedAt time: Double, to tube: Int32) -> Int {
        let members = Int(tubes[Int(tube)].members)
        swabs[Int(tube) * poolSize + members] = time
        tubes[Int(tube)].members = UInt8(truncatingIfNeeded: members + 1)
        return members + 1
    }

    /// When a member of the tube was swabbed.
    @inline(__always)
    func swabbed(_ member: Int, of tube: Int32) -> Double {
        swabs[Int(tube) * poolSize + member]
    }

    /// Gives the tube's place to another.
    @inline(__always)
    mutating func release(_ tube: Int32) {
        freeCount += 1
        free.reserve(freeCount)
        free[freeCount - 1] = tube
    }

    mutating func clear() { (freeCount, used) = (0, 0) }
}

/// What waits in a laboratory: a pooled tube, or one single of somebody who was called back.
///
/// Five bits name the member; 0 is the pool.
struct PeerItem {
    let code: UInt32

    @inline(__always) init(code: UInt32) { self.code = code }
    @inline(__always) init(pool tube: Int32) { code = UInt32(bitPattern: tube) << 5 }
    @inline(__always) init(member: Int, of tube: Int32) {
        code = UInt32(bitPattern: tube) << 5 | UInt32(truncatingIfNeeded: member + 1)
    }

    @inline(__always) var tube: Int32 { Int32(bitPattern: code >> 5) }
    /// The member's place, or −1 for the pool.
    @inline(__always) var member: Int { Int(code & 31) - 1 }
}
