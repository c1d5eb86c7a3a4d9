internal import Hummingbird
internal import LabDomain
internal import LabOperations

extension Site {
    var deviceRoutes: [Route] {
        [
            .get("/devices", .issuePassword) { visit in
                let after = visit.query["after"] ?? ""
                let laboratory = visit.laboratory
                return .page(
                    Page(
                        visit.words.say("devices.title"), "devices",
                        DevicesPage(
                            try laboratory.devices(after: after, as: visit.handle), after: after,
                            units: try laboratory.placeNames(.unit, as: visit.handle),
                            sites: try laboratory.placeNames(.site, as: visit.handle),
                            for: visit)))
            },
            .post("/devices", .issuePassword) { visit in
                guard let role = Role(rawValue: visit.form["role"] ?? "") else {
                    throw HTTPError(.badRequest)
                }
                let added = try await visit.perform(
                    AddPerson(
                        handle: (visit.form["handle"] ?? "").lowercased(), role: role, name: nil,
                        scope: visit.scope(for: role)))
                return try await keyPage(for: added.handle, visit)
            },
            .post("/devices/keys", .issuePassword) { visit in
                let handle = visit.form["handle"] ?? ""
                // A new key is for what has one; people sign in with their password.
                let isDevice = try await aside {
                    try visit.laboratory.hasKey(handle, as: visit.handle)
                }
                guard isDevice else { throw Missing() }
                return try await keyPage(for: handle, visit)
            },
            .post("/devices/retired", .retirePerson) { visit in
                let answer = try await visit.perform(
                    RetirePerson(handle: visit.form["handle"] ?? ""))
                return .redirect(
                    localPath(visit.form["back"]) ?? "/devices",
                    .done(visit.words.say("staff.retired", ["handle": answer.handle])))
            },
        ]
    }

    /// Answered at once: no address, no waiting word and no log ever holds the key.
    private func keyPage(for handle: String, _ visit: Visit) async throws -> Answer {
        let key = try await aside {
            try visit.laboratory.issueKey(for: handle, as: visit.handle, at: visit.now)
        }
        return .page(
            Page(
                visit.words.say("devices.keyTitle"), "issued-key",
                IssuedKeyPage(handle: handle, key: key)))
    }
}
