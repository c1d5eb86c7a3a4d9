import LabDomain
import LabSimulation
import LabStatistics
import Testing

@Suite("Invented residents")
struct InventedResidentsTests {
    let today: CalendarDay
    let people: [InventedResident]

    init() throws {
        today = try #require(CalendarDay(year: 2021, month: 7, day: 30))
        var random = SeededGenerator(seed: 21)
        people = InventedResidents(today: today).draw(20_000, using: &random)
    }

    @Test("SIM-12: nobody shares a document, and every number is valid and says what is said")
    func documents() throws {
        #expect(people.count == 20_000)
        #expect(Set(people.map(\.document.canonical)).count == people.count)
        for person in people {
            let text = person.document.number
            switch person.document.type {
            case .residentID:
                let number = try ResidentNumber(parsing: text, today: today)
                #expect(number.sex == person.sex)
                #expect(number.birthDate == person.birthDate)
            case .passport: #expect(text.hasPrefix("ZZ"))
            default: Issue.record("\(person.document.type)")
            }
        }
        let passports = people.count { $0.document.type == .passport }
        #expect((20...200).contains(passports))
    }

    @Test("SIM-13: nobody can be real: areas from 60, passports from ZZ, telephones from 102")
    func unreal() {
        for person in people {
            let number = person.document.number
            #expect(number.hasPrefix("60") || number.hasPrefix("ZZ"))
            #expect(throws: ResidentNumberFault.self) {
                try ResidentNumber(parsing: number, mode: .assignedArea)
            }
            #expect(person.telephone.hasPrefix("102") && person.telephone.count == 11)
        }
    }

    @Test("SIM-14: a household has one address and nobody else lives there")
    func households() {
        let homes = Dictionary(grouping: people, by: \.household)
        #expect(homes.values.allSatisfy { Set($0.map(\.address)).count == 1 })
        #expect(Set(people.map(\.address.text)).count == homes.count)
        let size = Double(people.count) / Double(homes.count)
        #expect((2.3...2.9).contains(size))
    }

    @Test("SIM-14: the children of a household have the surname of an adult in it")
    func surnames() {
        for home in Dictionary(grouping: people.dropLast(6), by: \.household).values {
            let adults = home.filter { age(of: $0) >= 18 }
            for child in home where age(of: child) < 18 {
                #expect(adults.contains { $0.name.prefix(1) == child.name.prefix(1) })
            }
        }
    }

    // The census of 2020: 17.95 % under 15, 18.70 % from 60, 105 men to 100 women.
    @Test("SIM-15: ages and sexes are those of a plausible population")
    func pyramid() {
        let count = Double(people.count)
        let young = Double(people.count { age(of: $0) < 15 }) / count
        let old = Double(people.count { age(of: $0) >= 60 }) / count
        let women = Double(people.count { $0.sex == .female }) / count
        #expect((0.14...0.20).contains(young), "\(young)")
        #expect((0.15...0.21).contains(old), "\(old)")
        #expect((0.46...0.53).contains(women), "\(women)")
        #expect(people.allSatisfy { $0.birthDate <= today && age(of: $0) < 100 })
    }

    @Test("SIM-16: the same seed draws the same people, in whole or in part")
    func sameSeed() {
        var random = SeededGenerator(seed: 21)
        let some = InventedResidents(today: today).draw(137, using: &random)
        #expect(some == Array(people.prefix(137)))
        #expect(InventedResidents(today: today).draw(0, using: &random).isEmpty)
    }

    private func age(of person: InventedResident) -> Int {
        let (day, born) = (today, person.birthDate)
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day) ? 1 : 0)
    }
}
