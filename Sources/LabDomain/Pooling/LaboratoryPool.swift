/// Aliquots of single tubes tested in one well (混样).
///
/// A pool of pools cannot be written.
package struct LaboratoryPool: Hashable, Sendable, Codable {
    package let id: PoolID
    package let members: [SingleTube]

    /// Why tubes cannot share a well.
    package enum Fault: Error, Hashable, Sendable {
        case nothing
        case twice
    }

    /// A pool of one or more different single tubes (POOL-1).
    package init(id: PoolID, members: [SingleTube]) throws(Fault) {
        guard !members.isEmpty else { throw .nothing }
        guard Set(members.map(\.id)).count == members.count else { throw .twice }
        self.id = id
        self.members = members
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
    /// A member was found positive.
    case confirmed
    /// Every member was tested and none was positive.
    case unconfirmed
}
