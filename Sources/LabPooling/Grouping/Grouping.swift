/// Members put into groups of at most `size` that keep households and units together.
///
/// Nobody is lost or doubled. A household of at most `size` is never split; a larger one is cut
/// into full groups in its order, and the rest is placed like a smaller household. First the
/// groups of each unit are filled; what does not fill a group is put together across units where
/// that needs fewer groups, and stays within its unit where it does not. Nothing is drawn: equal
/// members give equal groups. Who may share a group at all is decided before.
package struct Grouping: Hashable, Sendable {
    /// Indices of the members of each group, households together, in the order in which they came;
    /// the groups in the order of their first members.
    package let groups: [[Int]]

    /// Groups members that stand in their order of arrival or address.
    ///
    /// A household lies in the unit of its first member. With the fewest groups that n members
    /// could need, ⌈n/size⌉, everybody who lives alone is placed; `most` bounds the others.
    /// - Parameters:
    ///   - members: Who is grouped, in order.
    ///   - size: Members in a group at most, at least 1.
    /// - Complexity: O(*n*), with a factor that grows as `size` squared.
    package init(_ members: [GroupMember], size: Int) {
        precondition(size >= 1, "A group has room for somebody.")
        var groups: [[Int]] = []
        var rests: [GroupPiece] = []
        for unit in Self.units(of: members) {
            var pieces: [GroupPiece] = []
            for household in unit {
                let whole = household.count / size * size
                for start in stride(from: 0, to: whole, by: size) {
                    groups.append(Array(household[start..<(start + size)]))
                }
                if whole < household.count {
                    pieces.append(GroupPiece(Array(household[whole...])))
                }
            }
            for piece in Self.fewest(pieces, size: size) {
                if piece.members.count == size {
                    groups.append(piece.members)
                } else {
                    rests.append(piece)
                }
            }
        }
        groups += Self.together(rests, size: size).map(\.members)
        self.groups = groups.sorted { $0[0] < $1[0] }
    }

    /// A bound on the number of groups, whatever the households are.
    ///
    /// Let m be the largest number of people of one household who are placed together in a group
    /// that they do not fill (1 when everybody lives alone). A group is closed only when no
    /// household that is left fits, so when the last group takes in a household of s ≤ m, all
    /// others hold size + 1 − s at least: there are at most 1 + ⌊(n − m) / (size + 1 − m)⌋ groups
    /// for n > size. No two groups could be one, so two hold more than `size` between them, and
    /// there are fewer than 2n/size. For m = 1 the bound is ⌈n/size⌉, which nothing can beat.
    package static func most(of count: Int, household m: Int, size: Int) -> Int {
        if count <= size { return min(count, 1) }
        let byHousehold = 1 + (count - m) / (size + 1 - m)
        let byPairs = (2 * count + size - 1) / size - 1
        return min(byHousehold, max(1, byPairs))
    }

    /// The households of each unit, both in the order of their first members.
    private static func units(of members: [GroupMember]) -> [[[Int]]] {
        var units: [[[Int]]] = []
        var places: [Int: Int] = [:]
        var households: [Int: (unit: Int, household: Int)] = [:]
        // Neighbours in the order mostly share their unit: it is looked up when it changes.
        var current: (unit: Int, place: Int)?
        for (index, member) in members.enumerated() {
            if let key = member.household, let home = households[key] {
                units[home.unit][home.household].append(index)
                continue
            }
            let place: Int
            if let current, current.unit == member.unit {
                place = current.place
            } else if let known = places[member.unit] {
                place = known
            } else {
                place = units.count
                places[member.unit] = place
                units.append([])
            }
            current = (member.unit, place)
            if let key = member.household { households[key] = (place, units[place].count) }
            units[place].append([index])
        }
        return units
    }

    /// Pieces packed as groups; the way that keeps neighbours near wins where it costs no group.
    private static func fewest(_ pieces: [GroupPiece], size: Int) -> [GroupPiece] {
        let count = pieces.reduce(0) { $0 + $1.members.count }
        var best: [[Int]]?
        for preference in GroupPacker.Preference.allCases {
            let packed = GroupPacker.pack(pieces, size: size, preferring: preference)
            if packed.count < best?.count ?? .max { best = packed }
            if packed.count == (count + size - 1) / size { break }
        }
        return (best ?? []).map { group in GroupPiece(joining: group.map { pieces[$0] }) }
    }

    /// The rests of units put together where that needs fewer groups.
    ///
    /// Rests are kept whole if that needs no more groups than taking all of them apart; else the
    /// fullest are kept as they are, as many as cost nothing.
    private static func together(_ rests: [GroupPiece], size: Int) -> [GroupPiece] {
        let count = rests.reduce(0) { $0 + $1.members.count }
        let least = (count + size - 1) / size
        if rests.count == least { return rests }
        let whole = fewest(rests, size: size)
        if whole.count == least { return whole }
        let apart = fewest(households(of: rests), size: size)
        if whole.count <= apart.count { return whole }
        let fullest = rests.indices.sorted {
            (size - rests[$0].members.count, $0) < (size - rests[$1].members.count, $1)
        }
        // Empty places that the groups needed anyhow leave: kept rests may use them up.
        var spare = apart.count * size - count
        var keep = fullest.prefix { index in
            spare -= size - rests[index].members.count
            return spare >= 0
        }.count
        while keep > 0 {
            let kept = Set(fullest.prefix(keep))
            let others = rests.indices.filter { !kept.contains($0) }.map { rests[$0] }
            let mixed = fewest(households(of: others), size: size)
            if keep + mixed.count <= apart.count {
                return kept.sorted().map { rests[$0] } + mixed
            }
            keep /= 2
        }
        return apart
    }

    private static func households(of rests: [GroupPiece]) -> [GroupPiece] {
        rests.flatMap(\.parts).sorted { $0[0] < $1[0] }.map(GroupPiece.init)
    }
}
