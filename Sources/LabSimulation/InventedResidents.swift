package import LabDomain
import LabStatistics

/// Draws a population of Jingdezhen in which nobody is real.
///
/// Resident numbers carry areas from 60, which no province ever had; passports begin with ZZ,
/// which no state prints; telephones begin with 102.
package struct InventedResidents: Sendable {
    /// Nobody is born after this day; ages count back from it.
    package let today: CalendarDay
    /// The share of households that are one person from abroad, with a passport.
    package var foreignShare = 0.01

    /// A population as it is on a day.
    package init(today: CalendarDay) {
        self.today = today
    }

    /// Draws residents, household after household; the last household may be cut short.
    ///
    /// No two share a document. The same source of chance gives the same people.
    /// - Parameters:
    ///   - count: How many people, not negative.
    ///   - random: The source of chance.
    /// - Returns: Exactly `count` people, members of a household one after the other.
    /// - Complexity: O(*n*) in time and memory.
    package func draw(
        _ count: Int, using random: inout some RandomNumberGenerator
    ) -> [InventedResident] {
        var people: [InventedResident] = []
        people.reserveCapacity(count + 6)
        var used: Set<String> = []
        var household = 0
        while people.count < count {
            let address = InventedAddress(household: household)
            household += 1
            let telephone = InventedTelephone.draw(using: &random)
            let isForeign = random.bernoulli(foreignShare)
            for member in InventedHousehold.draw(using: &random).members {
                let born = birthDate(atAge: member.age, using: &random)
                let document =
                    isForeign
                    ? passport(unlike: &used, using: &random)
                    : residentID(for: member.sex, born: born, unlike: &used, using: &random)
                let name =
                    isForeign
                    ? InventedNames.foreign(for: member.sex, using: &random)
                    : member.surname + InventedNames.given(for: member.sex, using: &random)
                // Young children have no telephone of their own: the household's stands for it.
                let hasOwn = member.age >= 12
                people.append(
                    InventedResident(
                        document: document, name: name, sex: member.sex, birthDate: born,
                        telephone: hasOwn ? InventedTelephone.draw(using: &random) : telephone,
                        address: address, household: household))
                if isForeign { break }
            }
        }
        return Array(people.prefix(count))
    }

    private func birthDate(
        atAge age: Int, using random: inout some RandomNumberGenerator
    ) -> CalendarDay {
        let days = Int(Double(age) * 365.2425) + random.index(below: 365)
        return CalendarDay(daysSinceEpoch: today.daysSinceEpoch - days)
    }

    private func residentID(
        for sex: Sex, born: CalendarDay, unlike used: inout Set<String>,
        using random: inout some RandomNumberGenerator
    ) -> IdentityDocument {
        while true {
            // Most were born here: the counties of Jingdezhen have 0202, 0203, 0222 and 0281
            // after their province, and keep them after the invented one.
            let local = [202, 203, 222, 281][random.index(below: 4)]
            let county = random.bernoulli(0.8) ? local : random.whole(in: 101...9_999)
            let sequence = random.index(below: 500) * 2 + (sex == .male ? 1 : 0)
            let number = try? ResidentNumber(
                area: 600_000 + county, birthDate: born, sequence: sequence)
            guard let number, used.insert(number.text).inserted else { continue }
            if let document = try? IdentityDocument(type: .residentID, number: number.text) {
                return document
            }
        }
    }

    private func passport(
        unlike used: inout Set<String>, using random: inout some RandomNumberGenerator
    ) -> IdentityDocument {
        while true {
            let number = "ZZ\(1_000_000 + random.index(below: 9_000_000))"
            guard used.insert(number).inserted else { continue }
            if let document = try? IdentityDocument(type: .passport, number: number) {
                return document
            }
        }
    }
}
