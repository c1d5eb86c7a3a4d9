/// Packs pieces into groups of at most `size` members, one group after the other.
///
/// A group is opened by one piece and filled from what is left as full as it can be. It is closed
/// only when no piece that is left fits into it, so no two groups could be one.
struct GroupPacker {
    /// Which pieces come first.
    enum Preference: CaseIterable {
        /// The earliest piece opens a group, and its neighbours fill it.
        case near
        /// The largest piece opens a group, and large ones fill it: small ones are still there
        /// when a gap needs them.
        case large
    }

    private let size: Int
    private let lengths: [Int]
    private let preference: Preference
    /// Of each length, the pieces that have it, earliest first, and how many are placed.
    private var queues: [[Int]]
    private var placed: [Int]
    private var longest: Int
    /// A chain through the pieces that are left; the last place stands for both of its ends.
    private var following: [Int]
    private var preceding: [Int]

    private init(_ pieces: [GroupPiece], size: Int, preference: Preference) {
        self.size = size
        self.preference = preference
        lengths = pieces.map(\.members.count)
        queues = Array(repeating: [], count: size + 1)
        placed = Array(repeating: 0, count: size + 1)
        longest = size
        let end = pieces.count
        following = (0...end).map { $0 == end ? 0 : $0 + 1 }
        preceding = (0...end).map { $0 == 0 ? end : $0 - 1 }
        for (index, length) in lengths.enumerated() { queues[length].append(index) }
    }

    /// The groups, each the indices of its pieces in rising order.
    ///
    /// The pieces stand in their order, and each has 1 to `size` members.
    /// - Complexity: O(*n*) for *n* members, with a factor that grows as `size` squared.
    static func pack(
        _ pieces: [GroupPiece], size: Int, preferring preference: Preference
    ) -> [[Int]] {
        var packer = GroupPacker(pieces, size: size, preference: preference)
        var groups: [[Int]] = []
        while let first = packer.open() {
            groups.append(([first] + packer.fill(size - packer.lengths[first])).sorted())
        }
        return groups
    }

    private mutating func open() -> Int? {
        let end = lengths.count
        guard following[end] != end else { return nil }
        while left(longest) == 0 { longest -= 1 }
        return take(preference == .near ? lengths[following[end]] : longest)
    }

    private func left(_ length: Int) -> Int { queues[length].count - placed[length] }

    /// The earliest piece of a length that is left.
    private mutating func take(_ length: Int) -> Int {
        let piece = queues[length][placed[length]]
        placed[length] += 1
        following[preceding[piece]] = following[piece]
        preceding[following[piece]] = preceding[piece]
        return piece
    }

    /// Pieces that fill `room` as far as the pieces left can.
    private mutating func fill(_ room: Int) -> [Int] {
        guard room > 0 else { return [] }
        // last[r]: the length that was added last when r places were first seen to be fillable.
        let last = (preference == .near ? neighbours(filling: room) : nil) ?? large(filling: room)
        var filled = room
        while filled > 0, last[filled] == 0 { filled -= 1 }
        var taken: [Int] = []
        while filled > 0 {
            taken.append(take(last[filled]))
            filled -= last[filled]
        }
        return taken
    }

    /// The shortest stretch of pieces out of which some fill `room` exactly; nil without one near.
    ///
    /// A sum is first reached with the earliest pieces of their lengths, as `take` gives them.
    private func neighbours(filling room: Int) -> [Int]? {
        var last = Array(repeating: 0, count: room + 1)
        var piece = following[lengths.count]
        for _ in 0..<(4 * size) where piece != lengths.count {
            let length = lengths[piece]
            for filled in stride(from: room, through: length, by: -1) where last[filled] == 0 {
                if filled == length || last[filled - length] != 0 { last[filled] = length }
            }
            if last[room] != 0 { return last }
            piece = following[piece]
        }
        return nil
    }

    /// How far all pieces that are left can fill `room`, large ones first.
    private func large(filling room: Int) -> [Int] {
        var last = Array(repeating: 0, count: room + 1)
        for length in stride(from: min(room, longest), to: 0, by: -1) where last[room] == 0 {
            let most = left(length)
            guard most > 0 else { continue }
            var used = Array(repeating: 0, count: last.count)
            for filled in stride(from: length, through: room, by: 1) where last[filled] == 0 {
                let before = filled - length
                guard before == 0 || last[before] != 0, used[before] < most else { continue }
                last[filled] = length
                used[filled] = used[before] + 1
            }
        }
        return last
    }
}
