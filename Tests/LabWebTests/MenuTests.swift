import LabDomain
import LabOperations
import Testing

@testable import LabWeb

@Suite("The menu: which pages stand where")
struct MenuTests {
    @Test(
        "WEB-170: a role with many pages sees them by groups, one with few side by side",
        arguments: Language.allCases)
    func groups(language: Language) throws {
        let site = try WebBench().site
        let words = site.words(in: language)
        for role in Role.allCases {
            let menu = site.menu(for: role, at: "/runs", alerts: 0, words)
            let allowed = Site.places.filter { Route.Access.verb($0.verb).admits(role) }
            let shown = menu.entries.flatMap { $0.link.map { [$0] } ?? $0.links }
            #expect(Set(shown.map(\.path)) == Set(allowed.map(\.path)))
            #expect(shown.count == allowed.count, "\(role)")
            #expect(menu.entries.count <= MenuModel.mostInLine, "\(role)")
            #expect(menu.isGrouped == (allowed.count > MenuModel.mostInLine))
            #expect(menu.entries.allSatisfy { $0.link != nil || $0.links.count > 1 })
            #expect(menu.entries.allSatisfy { !$0.group.contains("⟦") })
        }
    }

    @Test("WEB-170: the group and the page where one is are marked, and no other")
    func marked() throws {
        let site = try WebBench().site
        let words = site.words(in: .english)
        let menu = site.menu(for: .supervisor, at: "/plates/PL1/worklist", alerts: 3, words)
        let here = menu.entries.filter(\.isHere)
        #expect(here.map(\.group) == ["Tests"])
        #expect(here.flatMap(\.links).filter(\.isHere).map(\.path) == ["/plates"])
        #expect(menu.entries.compactMap(\.link?.badge) == ["3"])
    }

    @Test("WEB-170: groups of the menu need no script, and one closes another")
    func withoutScript() async throws {
        let page = try await WebBench().browser(.supervisor).get("/reception").body
        let head = page.split(separator: "</header>").first ?? ""
        #expect(head.matches(of: #/<details name="menu"><summary/#).count == 3)
        #expect(head.contains("<summary aria-current=\"true\">Samples</summary>"))
        #expect(head.contains("<a href=\"/reception\" aria-current=\"page\">Reception</a>"))
        let collector = try await WebBench().browser(.collector).get("/desk").body
        #expect(!collector.contains("<details name=\"menu\">"))
    }
}
