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

    static let password = "swab pool plate run"

    init() throws {
        let now = now
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
        { now }
    }

    /// The browser of somebody whose handle is their role, signed in.
    func browser(_ role: Role, language: Language = .english) async throws -> Browser {
        let handle = role.rawValue
        let first = try laboratory.issuePassword(
            for: handle, as: "administrator", effort: .least, at: now)
        try await laboratory.changePassword(
            of: handle, from: first, to: Self.password, effort: .least, at: now)
        let secret = try await laboratory.signIn(handle, password: Self.password, at: now)
        return Browser(site, secret: secret, language: language)
    }
}
