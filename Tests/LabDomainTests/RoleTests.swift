import LabDomain
import Testing

@Suite("Who may do what")
struct RoleTests {
    private static let golden = """
        make-laboratory      . . . . . A . y
        add-person           . . . . . A . .
        assign-scope         . . . . . A . .
        retire-person        . . . . . A . .
        issue-password       . . . . . A . .
        sign-in              C T S P U A . .
        adopt-programme      . . . . . A . .
        register-manifest    C T S . U . . .
        bind-person          C T S . U . . .
        settle-tube          . T S . . . . .
        receive-box          . T S . . . d .
        reject-tube          . T S . . . . .
        undo-scan            . T S . . . . .
        close-box            . T S . . . . .
        measure-tube         . T S . . . . .
        form-pools           . T S . . . . .
        lay-out-plate        . T S . . . . .
        abandon-plate        . T S . . . . .
        import-run           . T S . . . d .
        close-recollection   C T S . . . . .
        close-task           . T S . . . . .
        review-run           . . S . . . . .
        refuse-run           . . S . . . . .
        release              . . S . . . . .
        export-reports       . . S . . . . y
        issue-certificate    . . S . U . . .
        feedback-file        . . S . U . . .
        adopt-receiver       . . . . . A . .
        send-reports         . . S . . . d y
        amend-result         . . S . . . . .
        confirm-feedback     . . S . U . d y
        explain-breach       . . S . . . . .
        adopt-alerting       . . . . . A . .
        acknowledge-alert    . T S . . A . .
        check-alerts         . . S . . A d y
        see-boxes            C T S P U A . .
        see-work             . T S P . A . y
        see-people           C T S . . . . .
        trace                . T S . . . . .
        audit                . . S . . A . .
        plan-screening       . . S P . . . .
        hand-over-plan       . . S P . . . .
        """

    @Test("ACT-1: every role may do what the table says, and nothing else")
    func table() {
        let letters: [(Role, String)] = [
            (.collector, "C"), (.technician, "T"), (.supervisor, "S"), (.planner, "P"),
            (.sendingUnit, "U"), (.administrator, "A"), (.device, "d"), (.system, "y"),
        ]
        #expect(letters.map(\.0) == Role.allCases)
        let lines = Verb.allCases.map { verb in
            let name = verb.rawValue + String(repeating: " ", count: 20 - verb.rawValue.count)
            return ([name] + letters.map { $0.0.may(verb) ? $0.1 : "." }).joined(separator: " ")
        }
        #expect(lines.joined(separator: "\n") == Self.golden)
    }

    @Test("ACT-1: somebody may do everything")
    func everyVerb() {
        for verb in Verb.allCases { #expect(Role.allCases.contains { $0.may(verb) }, "\(verb)") }
    }

    @Test("ACT-1: who only enters results never judges them, and who keeps accounts sees nobody")
    func separation() {
        let judging: [Verb] = [.reviewRun, .refuseRun, .release]
        for role in Role.allCases where role != .supervisor {
            #expect(!judging.contains(where: role.may), "\(role)")
        }
        for role in [Role.administrator, .planner, .device, .system, .sendingUnit] {
            #expect(!role.may(.seePeople) && !role.may(.trace), "\(role)")
        }
        #expect(!Role.administrator.may(.importRun))
        #expect(!Role.supervisor.may(.addPerson))
    }

    @Test("ACT-3: sending units have a unit, collectors a site, and everybody else the laboratory")
    func limits() {
        for role in Role.allCases {
            let fitting = [Scope.laboratory, .unit("a"), .site("a")].filter(role.fits)
            #expect(fitting.count == 1, "\(role)")
            #expect(fitting[0].unit != nil ? role == .sendingUnit : role != .sendingUnit)
            #expect(fitting[0].site != nil ? role == .collector : role != .collector)
        }
    }

    @Test(
        "ACT-2: a handle is 2 to 40 of a-z, 0-9, dot and hyphen, a letter first",
        arguments: [
            ("wang", true), ("li.na-2", true), ("ab", true), ("a.", true),
            (String(repeating: "a", count: 40), true), ("", false), ("a", false),
            (String(repeating: "a", count: 41), false), ("2ab", false), ("-ab", false),
            (".ab", false), ("Wang", false), ("wa ng", false), ("wang\n", false), ("wäng", false),
            ("王芳", false), ("ａｂ", false), ("a'b", false), ("a/b", false), ("a\u{0}", false),
        ])
    func handles(_ text: String, isHandle: Bool) {
        #expect(Actor.isHandle(text) == isHandle)
    }
}
