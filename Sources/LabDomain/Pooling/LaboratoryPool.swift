/// Aliquots of single tubes tested in one well (混样).
///
/// A pool of pools cannot be written.
package struct LaboratoryPool: Hashable, Sendable, Codable {
    package let id: PoolID
    package let members: [SingleTube]
    /// The pool that was cut into this one and others; nil for a first pool.
    package let parent: PoolID?
    /// The sizes that follow when it reads positive; empty when its tubes are tested singly.
    package let below: [Int]

    /// Why tubes cannot share a well.
    package enum Fault: Error, Hashable, Sendable {
        case nothing
        case twice
        /// The sizes that follow do not fall, or are no pools.
        case stages
    }

    /// A pool of one or more different single tubes (POOL-1).
    package init(
        id: PoolID, members: [SingleTube], parent: PoolID? = nil, below: [Int] = []
    ) throws(Fault) {
        guard !members.isEmpty else { throw .nothing }
        guard Set(members.map(\.id)).count == members.count else { throw .twice }
        guard below.isEmpty || PoolScheme(sizes: below) != nil else { throw .stages }
        self.id = id
        self.members = members
        self.parent = parent
        self.below = below
    }

    /// Reads a pool; one that was formed before pools had stages has none below it.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(PoolID.self, forKey: .id)
        members = try container.decode([SingleTube].self, forKey: .members)
        parent = try container.decodeIfPresent(PoolID.self, forKey: .parent)
        below = try container.decodeIfPresent([Int].self, forKey: .below) ?? []
    }
}

/// What has become of a laboratory pool.
package enum PoolState: String, CaseIterable, Hashable, Sendable, Codable {
    /// Its own test is due.
    case open
    /// Tested, not detected: its members have their answer.
    case negative
    /// Read positive (or unreadable), and its members are being tested one by one.
    case opened
    /// Read positive (or unreadable), and its members are being tested in smaller pools.
    case split
    /// A member was found positive.
    case confirmed
    /// Every member was tested and none was positive.
    case unconfirmed
    /// A smaller pool that is never tested: the run that asked for it was refused.
    case withdrawn

    /// Whether its members are in it and in no other pool.
    package var holdsItsTubes: Bool { self == .open || self == .opened }
}
