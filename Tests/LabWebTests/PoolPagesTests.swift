import LabDomain
import LabOperations
import LabStore
import LabWeb
import Testing

@Suite("The pages of pools")
struct PoolPagesTests {
    /// Sends the form of a plan as a browser would, its fields changed by `change`.
    private func send(
        _ page: Browser.Seen, by browser: Browser, asking verb: String = "form",
        change: (Int, String, String) -> String = { $2 }
    ) async throws -> Browser.Seen {
        let tubes = page.values("tube.low")
        let fields = zip(tubes, page.values("to.low")).enumerated().flatMap { place, pair in
            [("tube.low", pair.0), ("to.low", change(place, pair.0, pair.1))]
        }
        let others = ["csrf", "key", "back", "scheme.low"].map { ($0, page.values($0).first ?? "") }
        return try await browser.send("/pools/plan", others + fields + [("do", verb)])
    }

    @Test("WEB-20: the list tells what waits, and shows open pools or all, in parts")
    func list() async throws {
        let own = try PoolBench(low: 20)
        let browser = try await own.bench.browser(.technician)
        let before = try await browser.get("/pools")
        #expect(before.body.contains("20 single tubes wait"))
        #expect(before.body.contains("No pool is open."))
        let formed = try own.perform(FormPools(.proposed(PoolWishes()))).pools
        for path in ["/pools", "/pools?all=1"] {
            let page = try await browser.get(path).body
            #expect(formed.allSatisfy { page.contains("href=\"/pools/\($0.pool)\"") })
            #expect(page.contains("a plate"))
        }
        let first = try own.bench.laboratory.store.read {
            try $0.poolList(onlyOpen: true, after: "", size: 1)
        }
        let rest = try own.bench.laboratory.store.read {
            try $0.poolList(onlyOpen: true, after: try #require(first.next), size: 50)
        }
        #expect(Set((first.rows + rest.rows).map(\.pool.id)) == Set(formed.map(\.pool)))
        #expect(first.rows.count == 1 && rest.rows.count == formed.count - 1 && rest.next == nil)
        let newest = try own.bench.laboratory.store.read {
            try $0.poolList(onlyOpen: false, after: "", size: 50)
        }
        #expect(newest.rows == (first.rows + rest.rows).reversed())
    }

    @Test("WEB-21: whoever may not form pools sees no proposal")
    func rights() async throws {
        let own = try PoolBench(low: 4)
        for role in Role.ofPeople {
            let browser = try await own.bench.browser(role)
            let status = try await browser.get("/pools/plan").status
            #expect((status == 200) == role.may(.formPools), "\(role)")
            #expect(try await browser.get("/pools").body.contains("/pools/plan") == (status == 200))
            if status != 200 {
                #expect(try await browser.send("/pools/plan", [("do", "form")]).status == 403)
            }
        }
        #expect(try own.pools.isEmpty)
    }

    @Test("WEB-22: an unchanged plan is formed as it was shown, and once however often it is sent")
    func unchanged() async throws {
        let own = try PoolBench(low: 23, key: 2)
        let browser = try await own.bench.browser(.technician)
        let page = try await browser.get("/pools/plan")
        let proposal = try own.bench.laboratory.planPools(
            as: Role.technician.rawValue, at: own.bench.now)
        #expect(page.body.contains("The programme never pools this class."))
        #expect(try await send(page, by: browser).location == "/pools?all=1")
        #expect(try await send(page, by: browser).location == "/pools?all=1")
        let formed = try own.pools
        #expect(
            Set(formed.map { $0.members.map(\.tube) }) == Set(proposal.pools.map(\.tubes)))
        #expect(Set(formed.compactMap(\.scheme?.below)) == Set(proposal.pools.map(\.scheme.below)))
    }

    @Test("WEB-23: tubes go out of their pools, into others and into new ones as it was typed")
    func changed() async throws {
        let own = try PoolBench(low: 20)
        let browser = try await own.bench.browser(.technician)
        let page = try await browser.get("/pools/plan")
        let tubes = page.values("tube.low")
        let sent = try await send(page, by: browser) { place, _, to in
            switch place {
            case 0: ""
            case 1, 2: "77"
            default: to
            }
        }
        #expect(sent.location == "/pools?all=1")
        let formed = try own.pools.map { $0.members.map(\.tube.text) }
        #expect(!formed.joined().contains(tubes[0]))
        #expect(formed.contains([tubes[1], tubes[2]]))
        #expect(formed.joined().count == 19)
    }

    @Test("WEB-24: a faulty arrangement is told with its places and kept; nothing is formed")
    func faulty() async throws {
        let own = try PoolBench(low: 20)
        for language in Language.allCases {
            let browser = try await own.bench.browser(.technician, language: language)
            let page = try await browser.get("/pools/plan")
            let full = try await send(page, by: browser) { _, _, _ in "1" }
            #expect(full.status == 200 && full.values("to.low").allSatisfy { $0 == "1" })
            #expect(full.body.contains("class=\"flash refused\""))
            let alone = try await send(page, by: browser) { $0 == 0 ? "8" : $2 }
            #expect(alone.values("to.low").contains("8"))
            #expect(
                alone.body.contains(
                    language == .english ? "Pool 8: One tube is no pool" : "第 8 池：只有一管不能成池"))
            let typed = try await send(page, by: browser) { $0 == 0 ? "x" : $2 }
            #expect(typed.body.contains("class=\"flash refused\""))
            let checked = try await send(page, by: browser, asking: "check")
            #expect(checked.body.contains("class=\"flash done\""))
        }
        #expect(try own.pools.isEmpty)
    }

    @Test("WEB-25: tubes that no longer wait are named, nothing is half done, the plan is fresh")
    func stale() async throws {
        let own = try PoolBench(low: 20)
        let browser = try await own.bench.browser(.technician)
        let page = try await browser.get("/pools/plan")
        let taken = Array(page.values("tube.low").prefix(2))
        try own.perform(FormPools(.named([FormPools.Named(tubes: taken)])))
        let sent = try await send(page, by: browser)
        #expect(sent.location == "/pools/plan")
        #expect(try own.pools.count == 1)
        let fresh = try await browser.get("/pools/plan")
        for tube in page.values("tube.low") {
            let isTaken = taken.contains(tube)
            #expect(fresh.body.contains("\(tube): It no longer waits") == isTaken)
            #expect(fresh.values("tube.low").contains(tube) == !isTaken)
        }
    }

    @Test("WEB-26: a pool's page tells each tube's outcome, what comes next, and prints a list")
    func picture() async throws {
        let own = try PoolBench(low: 12)
        let formed = try own.perform(FormPools(.proposed(PoolWishes()))).pools[0]
        for (language, words) in [
            (Language.english, "pipette it, and lay out a plate"), (.chinese, "请加样并编排反应板"),
        ] {
            let browser = try await own.bench.browser(.technician, language: language)
            let page = try await browser.get("/pools/\(formed.pool)").body
            #expect(page.contains(words) && !page.contains("⟦"))
            #expect(
                formed.tubes.allSatisfy { page.contains("href=\"/trace/\($0)\"") })
            #expect(page.contains("class=\"pipetting together\""))
            #expect(try await browser.get("/pools/LP0").status == 404)
        }
    }

    @Test("WEB-27: reasons are told in both languages, and every one has its words")
    func words() async throws {
        let own = try PoolBench(low: 13, key: 3)
        for (language, words) in [
            (Language.english, "of what single tests find"), (.chinese, "能检出单管检测所检出的"),
        ] {
            let browser = try await own.bench.browser(.technician, language: language)
            for path in ["/pools/plan", "/pools/plan?scheme=10%3E5%3E1&low=0.05", "/pools?all=1"] {
                let page = try await browser.get(path).body
                #expect(!page.contains("⟦") && !page.contains("[["))
            }
            #expect(try await browser.get("/pools/plan").body.contains(words))
            let catalogue = try Catalogue(language)
            for reason in SinglyReason.allCases {
                #expect(catalogue.text("singlyReason.\(reason.rawValue)") != nil)
            }
            for state in PoolState.allCases {
                #expect(catalogue.text("poolState.\(state.rawValue)") != nil)
            }
        }
        let english = try Catalogue(.english).keys
        #expect(try Catalogue(.chinese).keys == english)
    }

    @Test("WEB-28: a share and a scheme are asked for; what the programme forbids is not proposed")
    func wishes() async throws {
        let own = try PoolBench(low: 12)
        let browser = try await own.bench.browser(.technician)
        let high = try await browser.get("/pools/plan?low=5")
        #expect(high.body.contains("the programme pools below 0.1 % only"))
        #expect(high.values("tube.low").isEmpty)
        #expect(try await browser.get("/pools/plan?low=0.05").body.contains("at 0.05 % positive"))
        #expect(try await browser.get("/pools/plan?scheme=7%3E1").status == 409)
        let five = try await browser.get("/pools/plan?scheme=5%3E1")
        #expect(five.values("scheme.low") == ["5&gt;1"] && five.values("to.low").contains("3"))
    }
}
