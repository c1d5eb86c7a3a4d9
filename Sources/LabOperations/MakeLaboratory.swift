package import LabDomain
internal import LabProgramme
package import LabSecrets
package import LabStore

/// Makes a laboratory in a new database, with its settings, its programme and its first
/// administrator.
package struct MakeLaboratory: Sendable {
    let settings: String
    let programme: String
    let administrator: String

    /// What was made.
    package struct Answer: Codable, Sendable {
        package let name: String
        package let programme: String
        package let administrator: String
    }

    /// A laboratory with the given YAML texts.
    package init(settings: String, programme: String, administrator: String) {
        self.settings = settings
        self.programme = programme
        self.administrator = administrator
    }

    /// Reads both texts before anything is made, so that a faulty one leaves nothing behind.
    package func check() throws {
        try Rules.check(
            try LaboratorySettings(settings, file: "settings"),
            under: try Programme(programme, file: "programme", version: "unchecked"))
        guard Actor.isHandle(administrator), administrator != "system" else {
            throw Refusal(
                .badData, "The administrator's handle is not one.", remedy: AddPerson.handleAdvice)
        }
    }

    /// What making it answers.
    func answer() throws -> Answer {
        let plan = try Programme(programme, file: "programme", version: "unchecked")
        return Answer(
            name: try LaboratorySettings(settings, file: "settings").name,
            programme: Rules.version(ofProgramme: plan.name, text: programme),
            administrator: administrator)
    }

    /// Makes the laboratory.
    package func perform(in store: Store, vault: Vault, at now: Timestamp) throws
        -> (Laboratory, Answer)
    {
        try check()
        let read = try LaboratorySettings(settings, file: "settings")
        let plan = try Programme(programme, file: "programme", version: "unchecked")
        let version = Rules.version(ofProgramme: plan.name, text: programme)
        let system = Actor(handle: "system", role: .system)
        let stamp = Stamp(at: now, actor: system, verb: .makeLaboratory, command: "init")
        let answer = try self.answer()
        try store.write(stamp: stamp) { transaction in
            try transaction.append([
                .laboratoryMade(LaboratoryMade(name: read.name, settings: settings)),
                .programmeAdopted(ProgrammeAdopted(version: version, text: programme)),
                .staffAdded(StaffAdded(actor: system, name: nil, scope: .laboratory)),
                .staffAdded(
                    StaffAdded(
                        actor: Actor(handle: administrator, role: .administrator), name: nil,
                        scope: .laboratory)),
            ])
            try transaction.keep(
                answer: json(answer), digest: vault.chain([Array(settings.utf8)]))
        }
        return (Laboratory(store: store, vault: vault), answer)
    }
}
