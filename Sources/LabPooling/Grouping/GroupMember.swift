/// Somebody, or a tube, that waits for a group: only who lives with whom and where counts.
package struct GroupMember: Hashable, Sendable {
    /// The household, by any number; nil lives alone.
    package let household: Int?
    /// The unit (a building, a team, a sender), by any number.
    package let unit: Int

    /// A member of a household and a unit.
    package init(household: Int?, unit: Int) {
        self.household = household
        self.unit = unit
    }
}

/// People who stay together on the way into a group: a household, or what was left of it or of a
/// unit after full groups were taken out.
struct GroupPiece {
    /// Indices of the members, in the order in which they came.
    var members: [Int]
    /// The households that the piece can be taken apart into, each an array of members.
    var parts: [[Int]]

    init(_ members: [Int]) {
        self.members = members
        parts = [members]
    }

    /// Pieces that were put together, in the order of their first members.
    init(joining pieces: [GroupPiece]) {
        parts = pieces.flatMap(\.parts).sorted { $0[0] < $1[0] }
        members = parts.flatMap { $0 }
    }
}
