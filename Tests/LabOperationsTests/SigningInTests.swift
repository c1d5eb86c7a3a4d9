import LabDomain
import LabOperations
import LabSecrets
import Testing

@Suite("Signing in")
struct SigningInTests {
    private static let password = "swab pool plate run"

    /// A bench whose technician has chosen a password.
    private func bench() async throws -> Bench {
        let bench = try Bench()
        let first = try bench.laboratory.issuePassword(
            for: Bench.technician, as: Bench.administrator, effort: .least, at: bench.now)
        try await bench.laboratory.changePassword(
            of: Bench.technician, from: first, to: Self.password, effort: .least, at: bench.now)
        return bench
    }

    @Test("ACT-5: a password has ten characters and does not hold its handle")
    func rules() throws {
        #expect(throws: Refusal.self) { try PasswordRules.check("ninechars", of: "li.na") }
        #expect(throws: Refusal.self) { try PasswordRules.check("I am LI.NA here", of: "li.na") }
        #expect(throws: Refusal.self) {
            try PasswordRules.check(String(repeating: "a", count: 1_001), of: "li.na")
        }
        try PasswordRules.check("十个汉字作为密码也可以", of: "li.na")
    }

    @Test("ACT-5: the first password is for one time, and no password is given twice")
    func oneTime() async throws {
        let bench = try Bench()
        let laboratory = bench.laboratory
        let first = try #require(
            try laboratory.issueFirstPassword(effort: .least, at: bench.now))
        #expect(first.handle == Bench.administrator)
        #expect(try laboratory.issueFirstPassword(effort: .least, at: bench.now) == nil)
        let secret = try await laboratory.signIn(
            first.handle, password: first.password, at: bench.now)
        #expect(try await laboratory.signedIn(secret, at: bench.now)?.mustChangePassword == true)
        try await laboratory.changePassword(
            of: first.handle, from: first.password, to: Self.password, effort: .least,
            at: bench.now)
        #expect(try await laboratory.signedIn(secret, at: bench.now) == nil, "sessions end")
        await #expect(throws: Refusal.self) {
            try await laboratory.signIn(first.handle, password: first.password, at: bench.now)
        }
        let others = Set(
            try (0..<20).map { _ in
                try laboratory.issuePassword(
                    for: Bench.technician, as: Bench.administrator, effort: .least, at: bench.now)
            })
        #expect(others.count == 20)
    }

    @Test("ACT-5: only an administrator gives passwords, and only to people who are here")
    func issuing() throws {
        let bench = try Bench()
        for (handle, by) in [
            (Bench.technician, Bench.supervisor), ("nobody", Bench.administrator),
            ("system", Bench.administrator),
        ] {
            #expect(throws: Refusal.self) {
                try bench.laboratory.issuePassword(
                    for: handle, as: by, effort: .least, at: bench.now)
            }
        }
    }

    @Test("ACT-6: after five failures nobody signs in for a while, twice as long each time")
    func throttled() async throws {
        #expect(PasswordRules.wait(after: 4) == .seconds(0))
        #expect(PasswordRules.wait(after: 5) == .seconds(15))
        #expect(PasswordRules.wait(after: 7) == .seconds(60))
        #expect(PasswordRules.wait(after: 500) == .minutes(15))
        let bench = try await bench()
        for _ in 0..<5 {
            await #expect(throws: Refusal.self) {
                try await bench.laboratory.signIn(
                    Bench.technician, password: "not the password", at: bench.now)
            }
        }
        await #expect(throws: Refusal.self, "the right one too") {
            try await bench.laboratory.signIn(
                Bench.technician, password: Self.password, at: bench.now)
        }
        let later = bench.now.advanced(by: .seconds(16))
        _ = try await bench.laboratory.signIn(
            Bench.technician, password: Self.password, at: later)
        await #expect(throws: Refusal.self, "a success begins the count anew") {
            try await bench.laboratory.signIn(Bench.technician, password: "wrong", at: later)
        }
        _ = try await bench.laboratory.signIn(
            Bench.technician, password: Self.password, at: later)
    }

    @Test("ACT-6: an unknown handle reads like a wrong password")
    func unknown() async throws {
        let bench = try await bench()
        func words(_ handle: String) async -> String? {
            do {
                _ = try await bench.laboratory.signIn(handle, password: "wrong", at: bench.now)
                return nil
            } catch { return (error as? Refusal).map { "\($0.message) \($0.remedy)" } }
        }
        let known = await words(Bench.technician)
        #expect(known != nil)
        #expect(await words("nobody") == known)
        #expect(await words("") == known)
    }

    @Test("ACT-7: a session ends with the shift, with two idle hours, on sign-out, on retirement")
    func sessions() async throws {
        let bench = try await bench()
        let laboratory = bench.laboratory
        func secret() async throws -> String {
            try await laboratory.signIn(Bench.technician, password: Self.password, at: bench.now)
        }
        func isIn(_ secret: String, _ hours: Int) async throws -> Bool {
            try await laboratory.signedIn(secret, at: bench.now.advanced(by: .hours(hours))) != nil
        }
        let idle = try await secret()
        #expect(try await isIn(idle, 1))
        #expect(try await isIn(idle, 4) == false, "three hours after the last sign of life")
        let busy = try await secret()
        for hour in 1..<12 { #expect(try await isIn(busy, hour)) }
        #expect(try await isIn(busy, 12) == false, "a shift is over")
        let ended = try await secret()
        try await laboratory.signOut(ended, at: bench.now)
        #expect(try await isIn(ended, 0) == false)
        let retired = try await secret()
        try bench.perform(RetirePerson(handle: Bench.technician), as: Bench.administrator)
        #expect(try await isIn(retired, 0) == false)
        for broken in ["", "00", String(repeating: "zz", count: 32)] {
            #expect(try await isIn(broken, 0) == false)
        }
        #expect(try laboratory.audit(as: Bench.administrator) { _ in }.isSound)
    }
}
