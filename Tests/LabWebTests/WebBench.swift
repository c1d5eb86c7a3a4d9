import LabDomain
import LabOperations
import LabSecrets
import LabWeb
import Logging

/// A laboratory in memory with its site and one person of each role.
struct WebBench {
    let laboratory: Laboratory
    let site: Site
    let now = Timestamp(milliseconds: 1_627_956_000_000)  // 3 August 2021, 10:00 in China
    /// When somebody looks at the pages.
    let present: Timestamp

    static let password = "swab pool plate run"

    /// A laboratory whose pages are looked at so many hours after its work was done.
    init(hours: Int = 0) throws {
        let now = now
        let present = now.advanced(by: .hours(hours))
        self.present = present
        laboratory = try Laboratory.inMemory(
            administrator: "administrator", key: Array(repeating: 5, count: 32), at: now)
        for role in Role.ofPeople where role != .administrator {
            let scope: Scope =
                switch role.limit {
                case .laboratory: .laboratory
                case .unit: .unit("Unit 1")
                case .site: .site("Gate")
                }
            _ = try laboratory.perform(
                AddPerson(handle: role.rawValue, role: role, name: nil, scope: scope),
                as: "administrator", at: now)
        }
        site = try Site(laboratory, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        { present }
    }

    /// The browser of somebody whose handle is their role, signed in.
    func browser(_ role: Role, language: Language = .english) async throws -> Browser {
        Browser(site, secret: try await secret(role), language: language)
    }

    /// The secret of a new session of somebody whose handle is their role.
    func secret(_ role: Role) async throws -> String {
        let handle = role.rawValue
        let first = try laboratory.issuePassword(
            for: handle, as: "administrator", effort: .least, at: present)
        try await laboratory.changePassword(
            of: handle, from: first, to: Self.password, effort: .least, at: present)
        return try await laboratory.signIn(handle, password: Self.password, at: present)
    }

    /// A barcode of the shipped format.
    static func barcode(_ number: Int) -> String {
        let digits = String(number)
        let body = "SWT" + String(repeating: "0", count: 8 - digits.count) + digits
        let check = CheckCharacter.mod37Thirtysix.compute(over: body.utf8) ?? 0
        return body + String(Unicode.Scalar(check))
    }

    /// The number on somebody's resident card.
    static func document(_ person: Int) throws -> String {
        let born = CalendarDay(daysSinceEpoch: person % 15_000)
        return try ResidentNumber(
            area: 601_000 + person / 900 % 900, birthDate: born, sequence: person % 900
        ).text
    }
}
