import LabPooling
import LabStatistics
import Testing

@Suite("Putting households into groups")
struct GroupingTests {
    /// A street drawn from a seed: households of neighbours in units, some people out of order.
    static func street(
        _ count: Int, largest: Int, units: Int, using random: inout SeededGenerator
    ) -> [GroupMember] {
        var members: [GroupMember] = []
        var household = 0
        while members.count < count {
            let unit = random.index(below: units)
            let people = min(random.whole(in: 1...largest), count - members.count)
            household += 1
            let isAlone = people == 1 && random.bernoulli(0.5)
            for _ in 0..<people {
                // One in fifty stands somewhere else in the file than the rest of the household.
                let place =
                    random.bernoulli(0.02)
                    ? random.index(below: members.count + 1) : members.count
                members.insert(
                    GroupMember(household: isAlone ? nil : household, unit: unit), at: place)
            }
        }
        return members
    }

    /// How many people of one household at most are placed together without filling a group.
    static func largestRest(_ members: [GroupMember], size: Int) -> Int {
        let sizes = Dictionary(grouping: members.compactMap(\.household)) { $0 }.values
        return sizes.map { $0.count % size }.max().map { max($0, 1) } ?? 1
    }

    @Test(
        "GRP-1, GRP-2: nobody is lost or doubled and only a large household is cut",
        arguments: [UInt64(1), 2, 3, 4, 5])
    func everybodyOnce(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for size in [1, 2, 5, 10, 20] {
            for largest in [1, 4, 8, 25] {
                let count = random.whole(in: 1...300)
                let members = Self.street(count, largest: largest, units: 7, using: &random)
                let groups = Grouping(members, size: size).groups
                let label = "seed \(seed), size \(size), households of up to \(largest)"
                #expect(groups.flatMap { $0 }.sorted() == Array(members.indices), "\(label)")
                #expect(groups.allSatisfy { (1...size).contains($0.count) }, "\(label)")
                var homes: [Int: [Int]] = [:]
                for (index, group) in groups.enumerated() {
                    for member in group {
                        guard let household = members[member].household else { continue }
                        homes[household, default: []].append(index)
                    }
                }
                for (household, places) in homes {
                    let full = Set(places).filter { groups[$0].count == size }
                    let rest = Set(places).count - places.count / size
                    #expect(rest == (places.count % size == 0 ? 0 : 1), "\(label) \(household)")
                    #expect(full.count >= places.count / size, "\(label) \(household)")
                }
            }
        }
    }

    @Test("GRP-3: order is kept in a household, among groups, and nothing is drawn")
    func order() {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<40 {
            let members = Self.street(
                random.whole(in: 1...200), largest: 12, units: 5, using: &random)
            let groups = Grouping(members, size: 10).groups
            #expect(groups == Grouping(members, size: 10).groups)
            #expect(groups.map { $0[0] } == groups.map { $0[0] }.sorted())
            for group in groups {
                var seen: [Int: Int] = [:]
                var homes: [Int] = []
                for member in group {
                    guard let household = members[member].household else { continue }
                    #expect(seen[household] ?? -1 < member)
                    seen[household] = member
                    if homes.last != household { homes.append(household) }
                }
                // Households lie side by side in their group.
                #expect(Set(homes).count == homes.count)
            }
        }
        // People who live alone stand as they came: nobody is shuffled.
        let alone = Array(repeating: GroupMember(household: nil, unit: 1), count: 23)
        #expect(Grouping(alone, size: 10).groups == [Array(0..<10), Array(10..<20), [20, 21, 22]])
    }

    @Test("GRP-4: the number of groups keeps its bound, and is the least when all live alone")
    func bound() {
        var random = SeededGenerator(seed: 21)
        for round in 0..<300 {
            let size = [2, 3, 5, 10, 20][random.index(below: 5)]
            let largest = random.whole(in: 1...15)
            let count = random.whole(in: 1...150)
            let members = Self.street(
                count, largest: largest, units: random.whole(in: 1...9), using: &random)
            let groups = Grouping(members, size: size).groups.count
            let rest = Self.largestRest(members, size: size)
            #expect(groups >= (count + size - 1) / size)
            #expect(
                groups <= Grouping.most(of: count, household: rest, size: size),
                "round \(round): \(count) people, \(size) a group, rests of up to \(rest)")
        }
        for count in [1, 9, 10, 11, 99, 100, 1_001] {
            for units in [1, 3, 40] {
                let members = (0..<count).map { GroupMember(household: nil, unit: $0 % units) }
                #expect(Grouping(members, size: 10).groups.count == (count + 9) / 10)
                #expect(Grouping.most(of: count, household: 1, size: 10) == (count + 9) / 10)
            }
        }
    }

    @Test("GRP-4: small streets need as many groups as the best of all packings, or one more")
    func nearTheBest() {
        var random = SeededGenerator(seed: 31)
        var best = 0
        let rounds = 400
        for round in 0..<rounds {
            let members = Self.street(
                random.whole(in: 5...28), largest: 7, units: 2, using: &random)
            let homes = Dictionary(grouping: members.indices) { members[$0].household ?? -1 - $0 }
            let least = Self.fewest(homes.values.map(\.count), size: 10)
            let groups = Grouping(members, size: 10).groups.count
            #expect((least...(least + 1)).contains(groups), "round \(round)")
            if groups == least { best += 1 }
        }
        #expect(best >= rounds * 98 / 100, "the best packing in \(best) of \(rounds)")
    }

    /// The fewest groups, by trying every packing.
    private static func fewest(_ households: [Int], size: Int) -> Int {
        let households = households.sorted(by: >)
        var best = households.count
        func place(_ index: Int, _ groups: [Int]) {
            if groups.count >= best { return }
            if index == households.count {
                best = groups.count
                return
            }
            var tried: Set<Int> = []
            for (group, filled) in groups.enumerated()
            where filled + households[index] <= size && tried.insert(filled).inserted {
                var next = groups
                next[group] += households[index]
                place(index + 1, next)
            }
            place(index + 1, groups + [households[index]])
        }
        place(0, [])
        return best
    }

    @Test("GRP-5: a group crosses units only where that saves a group")
    func units() {
        func members(_ units: [[Int]]) -> [GroupMember] {
            var household = 0
            return units.enumerated().flatMap { unit, homes in
                homes.flatMap { people -> [GroupMember] in
                    household += 1
                    return Array(
                        repeating: GroupMember(household: household, unit: unit), count: people)
                }
            }
        }
        // Three groups are needed anyhow: each unit keeps its own.
        let own = members([[4, 3], [5, 2], [3, 3, 1]])
        #expect(Grouping(own, size: 10).groups == [Array(0..<7), Array(7..<14), Array(14..<21)])
        // Two units of five fill one group; the full group of the third is left alone.
        let shared = members([[3, 2], [6, 4], [5]])
        #expect(
            Grouping(shared, size: 10).groups == [
                [0, 1, 2, 3, 4, 15, 16, 17, 18, 19], Array(5..<15),
            ])
        // Nine of one unit stay together while two others share.
        let kept = members([[3, 3, 3], [3, 3], [2, 2], [9]])
        #expect(
            Grouping(kept, size: 10).groups == [
                Array(0..<9), Array(9..<19), Array(19..<28),
            ])
    }

    @Test("GRP-2: a large household fills groups of its own, and its rest sits with others")
    func largeHousehold() {
        let home = Array(repeating: GroupMember(household: 1, unit: 1), count: 23)
        let others = (0..<7).map { _ in GroupMember(household: nil, unit: 1) }
        #expect(
            Grouping(home + others, size: 10).groups == [
                Array(0..<10), Array(10..<20), Array(20..<30),
            ])
        #expect(Grouping([], size: 10).groups.isEmpty)
    }
}
