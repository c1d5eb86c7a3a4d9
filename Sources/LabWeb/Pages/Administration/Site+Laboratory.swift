internal import LabDomain
internal import LabOperations

extension Site {
    var laboratoryRoutes: [Route] {
        [
            .get("/laboratory", .adoptProgramme) { visit in
                .page(
                    Page(
                        visit.words.say("laboratory.title"), "laboratory",
                        LaboratoryPage(try visit.laboratory.rules(), for: visit)))
            },
            .get("/laboratory/settings", .adoptProgramme) { try rulesPage($0, isSettings: true) },
            .get("/laboratory/programme", .adoptProgramme) {
                try rulesPage($0, isSettings: false)
            },
            .post("/laboratory/settings", .adoptProgramme, mostBytes: 1 << 20) { visit in
                try await settleRules(
                    visit, isSettings: true, AdoptSettings(text: SentRules(visit).text)
                ) { visit.words.say("laboratory.sound.settings", ["name": $0.name]) }
            },
            .post("/laboratory/programme", .adoptProgramme, mostBytes: 1 << 20) { visit in
                try await settleRules(
                    visit, isSettings: false, AdoptProgramme(text: SentRules(visit).text)
                ) { visit.words.say("laboratory.sound.programme", ["version": $0.version]) }
            },
        ]
    }

    private func rulesPage(
        _ visit: Visit, isSettings: Bool, sent: SentRules? = nil
    ) throws -> Answer {
        let kind = isSettings ? "settings" : "programme"
        let title = visit.words.say("laboratory.\(kind)")
        let text = try visit.laboratory.rulesText(settings: isSettings, as: visit.handle)
        return .page(
            Page(
                title, "rules",
                RulesPage(
                    title: title, hint: visit.words.say("laboratory.\(kind).hint"),
                    form: RulesForm(
                        kind, action: "/laboratory/\(kind)", text: text, sent: sent, for: visit)),
                status: sent?.verdict?.isSound == false ? .unprocessableContent : .ok))
    }

    private func settleRules<Asked: Command>(
        _ visit: Visit, isSettings: Bool, _ command: Asked, sound: (Asked.Answer) -> String
    ) async throws -> Answer {
        let old = try await aside {
            try visit.laboratory.rulesText(settings: isSettings, as: visit.handle)
        }
        let sent = try await visit.settle(
            SentRules(visit), over: old, with: command, sound: sound)
        guard let sent else {
            try await aside { try readHeading() }
            return .redirect(
                "/laboratory", .done(visit.words.say("laboratory.adopted")))
        }
        return try await aside { try rulesPage(visit, isSettings: isSettings, sent: sent) }
    }
}
