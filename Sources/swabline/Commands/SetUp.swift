import ArgumentParser
import LabDomain
import LabOperations

/// Makes a laboratory.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a laboratory: a database, its key file and its first administrator.",
        discussion: """
            The key file opens the names and numbers of people: keep it apart from copies of the \
            database, and never lose it. Settings and programme are YAML; without them the shipped \
            ones are used (see `swabline programme show --shipped`).
            """)

    @OptionGroup var options: LaboratoryOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "YAML file with the laboratory's settings.") var settings: String?
    @Option(help: "YAML file with the programme in force.") var programme: String?
    @Option(help: "Handle of the first administrator.") var administrator: String = "admin"

    func run() throws {
        try session(output) {
            let (laboratory, answer) = try Laboratory.make(
                at: options.files.databasePath, keyFile: options.files.keyPath,
                settings: try settings.map(readText), programme: try programme.map(readText),
                administrator: administrator, at: .now)
            try show(answer, output, in: laboratory) {
                """
                Laboratory "\($0.name)" made in \(options.files.databasePath), \
                key in \(options.files.keyPath).
                Programme \($0.programme) is in force.
                `\($0.administrator)` is its administrator; next: \
                swabline person add HANDLE --role technician --as \($0.administrator)
                """
            }
        }
    }
}

/// Who may act.
struct Person: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person",
        abstract: "Add, list and retire the people and devices who act in the laboratory.",
        subcommands: [
            Add.self, Assign.self, List.self, OneTimePassword.self, Retire.self, Roles.self,
        ])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: "Let somebody act.",
            discussion: """
                Roles: \(Role.hired.map(\.rawValue).joined(separator: ", ")). A sending unit needs \
                --unit and a collector --site, named as manifests do; nobody else has either.
                """)

        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The name by which they sign, such as li.na.") var handle: String
        @Option(help: "What they are.", transform: Role.hire) var role: Role
        @Option(help: "Their full name; it is stored sealed.") var name: String?
        @OptionGroup var place: ScopeOptions

        func run() throws {
            try perform(
                AddPerson(handle: handle, role: role, name: name, scope: place.scope()),
                options, keys, output
            ) {
                let of = $0.unit.map { " \($0)" } ?? $0.site.map { " at \($0)" } ?? ""
                return "`\($0.handle)` may act as \($0.role.rawValue)\(of)."
            }
        }
    }

    struct Assign: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "assign",
            abstract: "Say for which unit a sending unit works, or for which site a collector.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The name by which they sign.") var handle: String
        @OptionGroup var place: ScopeOptions

        func run() throws {
            try perform(
                AssignScope(handle: handle, scope: place.scope()), options, keys, output
            ) { "`\($0.handle)` works for \($0.unit ?? $0.site ?? "the laboratory")." }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List everybody who can act.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            try session(options, output) { laboratory, handle in
                try show(try laboratory.staff(as: handle), output, in: laboratory) { staff in
                    table(
                        ["handle", "role", "unit or site", ""],
                        staff.map {
                            [
                                $0.handle, $0.role.rawValue, $0.unit ?? $0.site ?? "",
                                $0.isRetired ? "retired" : "",
                            ]
                        })
                }
            }
        }
    }

    struct OneTimePassword: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "password",
            abstract: "Give somebody a one-time password for the pages, and print it once.",
            discussion: """
                They choose their own at the first sign-in. A password that they had, and whoever \
                is signed in with it, ends now. Devices do not sign in.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The name by which they sign.") var handle: String

        private struct Issued: Encodable {
            let handle: String
            let password: String
        }

        func run() throws {
            try session(options, output) { laboratory, administrator in
                let password = try laboratory.issuePassword(
                    for: handle, as: administrator, at: .now)
                try show(Issued(handle: handle, password: password), output, in: laboratory) {
                    $0.password
                }
            }
        }
    }

    struct Retire: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retire", abstract: "End somebody's rights.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "Who may act no longer.") var handle: String

        func run() throws {
            try perform(RetirePerson(handle: handle), options, keys, output) {
                "`\($0.handle)` may act no longer."
            }
        }
    }

    struct Roles: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "roles",
            abstract: "Show the one table that says which role may do what.")
        @OptionGroup var output: OutputOptions

        func run() throws {
            switch output.format {
            case .text:
                print(
                    table(
                        ["may"] + Role.allCases.map(\.rawValue),
                        Verb.allCases.map { verb in
                            [verb.rawValue] + Role.allCases.map { $0.may(verb) ? "yes" : "-" }
                        }))
            case .json:
                try printJSON(
                    Dictionary(
                        uniqueKeysWithValues: Role.allCases.map { role in
                            (role.rawValue, Verb.allCases.filter(role.may).map(\.rawValue))
                        }))
            }
        }
    }
}

/// The part of the collection for which somebody works.
struct ScopeOptions: ParsableArguments {
    @Option(help: "The unit for which a sending unit works, as manifests name it.")
    var unit: String?
    @Option(help: "The site for which a collector works, as manifests name it.") var site: String?

    func validate() throws {
        guard unit == nil || site == nil else {
            throw ValidationError("Name a --unit or a --site, not both.")
        }
    }

    func scope() -> Scope {
        unit.map { .unit($0) } ?? site.map { .site($0) } ?? .laboratory
    }
}

extension Role {
    /// The roles that can be given.
    static let hired = Role.allCases.filter { $0 != .system }

    static func hire(_ text: String) throws -> Role {
        guard let role = Role(rawValue: text), hired.contains(role) else {
            throw ValidationError(
                "There is no role `\(text)`; use \(hired.map(\.rawValue).joined(separator: ", ")).")
        }
        return role
    }
}

/// The rules in force.
struct ProgrammeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "programme", abstract: "Show the rules under which the laboratory works.",
        subcommands: [Show.self, Adopt.self], defaultSubcommand: Show.self)

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Print the programme and settings as YAML, to read or to start from.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Flag(help: "Print the ones that come with swabline.") var shipped = false
        @Flag(help: "Print the laboratory's settings, not the programme.") var settings = false

        func run() throws {
            if shipped {
                return try session(output) { print(try Laboratory.shippedText(settings: settings)) }
            }
            try session(options, output) { laboratory, handle in
                print(try laboratory.rulesText(settings: settings, as: handle))
            }
        }
    }

    struct Adopt: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "adopt",
            abstract: "Put a programme into force, or give the laboratory other settings.",
            discussion: "Verdicts remember the programme that made them; clocks keep their limits.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "YAML file, or - for standard input.") var file: String
        @Flag(help: "The file holds the laboratory's settings, not a programme.")
        var settings = false

        func run() throws {
            var text = ""
            try session(output) { text = try readText(file) }
            if settings {
                return try perform(AdoptSettings(text: text), options, keys, output) {
                    "The settings of \($0.name) are changed."
                }
            }
            try perform(AdoptProgramme(text: text), options, keys, output) {
                "Programme \($0.version) is in force."
            }
        }
    }
}
