import Foundation
import LabDomain
import LabWeb

/// Who may do what, written down: `specs/permissions.md` as the code has it.
enum PermissionsDocument {
    /// This file is `<package>/Tests/<target>/PermissionsDocument.swift`.
    static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("specs/permissions.md")

    /// The document of a site with these routes.
    static func text(routes: [Route]) -> String {
        """
        # Who may do what

        This file is written by a test out of the table of permissions
        ([Role.swift](../Sources/LabDomain/Actors/Role.swift), ACT-1) and of the routes of the
        pages. It fails while the two differ (WEB-64); this writes the file anew:

            SWABLINE_REFRESH=1 tools/test --filter PermissionsTests

        What somebody does at a page is asked for a second time by the operation behind it, which
        knows no pages (OPS-3). A sending unit sees and does only what is of its unit, and a
        collector what is of their site (ACT-3, ACT-4).

        ## Roles and what they may do

        \(table(
            ["May"] + Role.allCases.map(\.rawValue),
            Verb.allCases.map { verb in
                [verb.rawValue] + Role.allCases.map { $0.may(verb) ? "yes" : "" }
            }))

        ## Routes and who is admitted

        Whoever is not signed in is sent to the door. Whatever is no route here is closed to
        everybody.

        \(table(
            ["Route", "Needs", "Admitted"],
            routes.map { ["`\($0.method.rawValue) \($0.path)`", needs($0), admitted($0)] }))

        """
    }

    private static func needs(_ route: Route) -> String {
        switch route.access {
        case .everybody: "nothing"
        case .signedIn: "signed in"
        case .verb(let verb): verb.rawValue
        }
    }

    private static func admitted(_ route: Route) -> String {
        if route.access == .everybody { return "everybody" }
        let roles = Role.allCases.filter { route.access.admits($0) }
        return roles == Role.ofPeople
            ? "every role that signs in" : roles.map(\.rawValue).joined(separator: ", ")
    }

    private static func table(_ head: [String], _ rows: [[String]]) -> String {
        ([head, head.map { _ in "---" }] + rows).map {
            "| " + $0.joined(separator: " | ") + " |"
        }.joined(separator: "\n")
    }
}
