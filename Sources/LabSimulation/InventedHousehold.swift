import LabDomain
import LabStatistics

/// Who lives together, before anybody has a document.
struct InventedHousehold {
    struct Member {
        let sex: Sex
        let age: Int
        let surname: String
    }

    let members: [Member]

    /// A household of one to six people of three generations.
    ///
    /// Sizes follow the census of 2020 in rough numbers (25 % live alone, 30 % in twos, 21 % in
    /// threes). The ages within are our own and come near its pyramid: 16 % are under 15 (census
    /// 18 %), 17 % are 60 or older (census 19 %).
    static func draw(using random: inout some RandomNumberGenerator) -> InventedHousehold {
        let size = random.weightedIndex([25, 30, 21, 13, 6, 5]) + 1
        switch size {
        case 1: return InventedHousehold(members: [alone(using: &random)])
        case 2: return InventedHousehold(members: pair(using: &random))
        default: return InventedHousehold(members: family(of: size, using: &random))
        }
    }

    private static func alone(using random: inout some RandomNumberGenerator) -> Member {
        let age = random.whole(in: random.bernoulli(0.45) ? 55...88 : 20...54)
        return member(random.bernoulli(0.5) ? .male : .female, age, using: &random)
    }

    private static func pair(using random: inout some RandomNumberGenerator) -> [Member] {
        couple(aged: random.bernoulli(0.5) ? 52...80 : 23...55, using: &random)
    }

    private static func family(
        of size: Int, using random: inout some RandomNumberGenerator
    ) -> [Member] {
        let parents = couple(aged: 26...54, using: &random)
        let elders = size == 3 ? 0 : random.index(below: min(3, size - 2))
        var members = parents
        for _ in 0..<(size - 2 - elders) {
            let birth = random.whole(in: 21...34)
            let sex: Sex = random.bernoulli(0.52) ? .male : .female
            let age = max(0, parents[1].age - birth)
            members.append(Member(sex: sex, age: age, surname: parents[0].surname))
        }
        if elders > 0 {
            let age = min(94, parents[0].age + random.whole(in: 22...32))
            members.append(member(.female, age, using: &random))
            if elders == 2 {
                let sameName = parents[0].surname
                members.append(Member(sex: .male, age: min(96, age + 2), surname: sameName))
            }
        }
        return members
    }

    /// Husband and wife, in this order; each keeps a surname.
    private static func couple(
        aged ages: ClosedRange<Int>, using random: inout some RandomNumberGenerator
    ) -> [Member] {
        let age = random.whole(in: ages)
        let wife = max(22, age - random.whole(in: -2...5))
        return [member(.male, age, using: &random), member(.female, wife, using: &random)]
    }

    private static func member(
        _ sex: Sex, _ age: Int, using random: inout some RandomNumberGenerator
    ) -> Member {
        Member(sex: sex, age: age, surname: InventedNames.surname(using: &random))
    }
}
