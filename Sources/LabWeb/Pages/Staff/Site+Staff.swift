internal import Hummingbird
internal import LabDomain
internal import LabOperations

extension Site {
    var staffRoutes: [Route] {
        [
            .get("/staff", .addPerson) { visit in
                let after = visit.query["after"] ?? ""
                let laboratory = visit.laboratory
                return .page(
                    Page(
                        visit.words.say("staff.title"), "staff",
                        StaffPage(
                            try laboratory.accounts(after: after, as: visit.handle), after: after,
                            units: try laboratory.placeNames(.unit, as: visit.handle),
                            sites: try laboratory.placeNames(.site, as: visit.handle),
                            for: visit)))
            },
            .post("/staff", .addPerson, add),
            .post("/staff/places", .assignScope) { visit in
                let handle = visit.form["handle"] ?? ""
                let role = try visit.laboratory.role(of: handle, as: visit.handle)
                let answer = try await visit.perform(
                    AssignScope(handle: handle, scope: visit.scope(for: role)))
                return done(
                    visit, "staff.assigned",
                    ["handle": answer.handle, "place": answer.unit ?? answer.site ?? ""])
            },
            .post("/staff/retired", .retirePerson) { visit in
                let answer = try await visit.perform(
                    RetirePerson(handle: visit.form["handle"] ?? ""))
                return done(visit, "staff.retired", ["handle": answer.handle])
            },
            .post("/staff/passwords", .issuePassword) { visit in
                let handle = visit.form["handle"] ?? ""
                let password = try await aside {
                    try visit.laboratory.issuePassword(
                        for: handle, as: visit.handle, at: visit.now)
                }
                // Answered at once: no address, no waiting word and no log ever holds it.
                return .page(
                    Page(
                        visit.words.say("staff.passwordTitle"), "issued-password",
                        IssuedPasswordPage(handle: handle, password: password)))
            },
        ]
    }

    @Sendable private func add(_ visit: Visit) async throws -> Answer {
        guard let role = Role(rawValue: visit.form["role"] ?? "") else {
            throw HTTPError(.badRequest)
        }
        let name = visit.form["name"] ?? ""
        let answer = try await visit.perform(
            AddPerson(
                handle: (visit.form["handle"] ?? "").lowercased(), role: role,
                name: name.isEmpty ? nil : name, scope: visit.scope(for: role)))
        return done(
            visit, "staff.added",
            ["handle": answer.handle, "role": visit.words.word("role", answer.role)])
    }

    private func done(_ visit: Visit, _ key: String, _ values: [String: String]) -> Answer {
        .redirect(localPath(visit.form["back"]) ?? "/staff", .done(visit.words.say(key, values)))
    }
}

extension Visit {
    /// The unit or site that a form names, as the role has it.
    func scope(for role: Role) -> Scope {
        let place = form["place"] ?? ""
        return switch role.limit {
        case .unit: .unit(place)
        case .site: .site(place)
        // A place that nobody can have here is refused in words.
        case .laboratory: place.isEmpty ? .laboratory : .unit(place)
        }
    }
}
