internal import LabDomain
internal import LabOperations

/// The pages that somebody may open, as the head of each page offers them.
///
/// A role with few pages sees them side by side; one with more sees them by groups of the work,
/// which open under their names.
struct MenuModel: Hashable, Sendable {
    struct Link: Hashable, Sendable {
        let path: String
        let text: String
        let isHere: Bool
        /// How many things wait there for the one who looks; nil for none.
        let badge: String?
    }

    /// A link, or a group of them with a name.
    struct Entry: Hashable, Sendable {
        let link: Link?
        let group: String
        let isHere: Bool
        let links: [Link]
    }

    let entries: [Entry]
    let isGrouped: Bool

    /// As many pages as stand side by side in one line of a small screen's width.
    static let mostInLine = 7

    init(_ places: [(link: Link, group: MenuGroup)], _ words: Catalogue) {
        isGrouped = places.count > Self.mostInLine
        guard isGrouped else {
            entries = places.map { Entry($0.link) }
            return
        }
        entries = MenuGroup.allCases.flatMap { group in
            let links = places.filter { $0.group == group }.map(\.link)
            guard group != .first, links.count > 1 else { return links.map { Entry($0) } }
            return [Entry(links, named: words.word("menu", group))]
        }
    }
}

extension MenuModel.Entry {
    fileprivate init(_ link: MenuModel.Link) {
        self.init(link: link, group: "", isHere: link.isHere, links: [])
    }

    fileprivate init(_ links: [MenuModel.Link], named name: String) {
        self.init(link: nil, group: name, isHere: links.contains(where: \.isHere), links: links)
    }
}

/// Where a page stands in the menu, in the order of the work.
enum MenuGroup: String, CaseIterable {
    /// What is looked at all day stands by itself.
    case first
    case samples, tests, results, planning, administration
}

extension Site {
    /// The menu of a role at a page.
    func menu(for role: Role, at path: String, alerts: Int, _ words: Catalogue) -> MenuModel {
        MenuModel(
            Self.places.filter { Route.Access.verb($0.verb).admits(role) }.map { place in
                let link = MenuModel.Link(
                    path: place.path, text: words.say(place.key),
                    isHere: path == place.path || path.hasPrefix(place.path + "/"),
                    badge: place.path == "/alerts" && alerts > 0 ? "\(alerts)" : nil)
                return (link, place.group)
            }, words)
    }

    /// The pages of the menu, each with the verb that it needs.
    static let places: [(path: String, key: String, verb: Verb, group: MenuGroup)] = [
        ("/board", "nav.board", .seeWork, .first),
        ("/alerts", "nav.alerts", .seeWork, .first),
        ("/desk", "nav.desk", .bindPerson, .samples),
        ("/manifests", "nav.manifests", .registerManifest, .samples),
        ("/reception", "nav.reception", .receiveBox, .samples),
        ("/boxes", "nav.boxes", .seeBoxes, .samples),
        ("/recollections", "nav.recollections", .seePeople, .samples),
        ("/tasks", "nav.tasks", .closeTask, .samples),
        ("/trace", "nav.trace", .trace, .samples),
        ("/pools", "nav.pools", .formPools, .tests),
        ("/plates", "nav.plates", .layOutPlate, .tests),
        ("/retests", "nav.retests", .layOutPlate, .tests),
        ("/runs", "nav.runs", .importRun, .tests),
        ("/controls", "nav.controls", .seeWork, .tests),
        ("/assays", "nav.assays", .seeWork, .tests),
        ("/release", "nav.release", .release, .results),
        ("/results", "nav.results", .feedbackFile, .results),
        ("/certificates", "nav.certificates", .issueCertificate, .results),
        ("/outbox", "nav.outbox", .exportReports, .results),
        ("/turnaround", "nav.turnaround", .explainBreach, .results),
        ("/planner", "nav.planner", .planScreening, .planning),
        ("/staff", "nav.staff", .addPerson, .administration),
        ("/places", "nav.places", .assignScope, .administration),
        ("/devices", "nav.devices", .issuePassword, .administration),
        ("/receivers", "nav.receivers", .adoptReceiver, .administration),
        ("/laboratory", "nav.laboratory", .adoptProgramme, .administration),
    ]
}
