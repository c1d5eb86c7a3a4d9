internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import LabDomain
internal import LabOperations
internal import NIOCore

extension Site {
    /// Every operation for programs, in the order of the way of a sample.
    package var api: [ApiRoute] {
        apiWork + apiOffice + apiLooks + apiOfficeLooks + runApi + alertApi + plannerApi + reportApi
    }

    /// Puts the operations beside the pages.
    func addApi(to router: Router<SiteContext>) {
        for route in api {
            router.on(RouterPath(route.path), method: route.method) { request, context in
                try await respond(to: request, context, by: route)
            }
        }
    }

    private func respond(
        to request: Request, _ context: SiteContext, by route: ApiRoute
    ) async throws -> Response {
        let language = apiLanguage(of: request)
        do {
            let visit = try await visit(request, context, route, language)
            let answer = try await route.answer(visit)
            var response = response(answer.body, "application/json")
            if answer.isRepeated { response.headers[.idempotentReplayed] = "true" }
            return response
        } catch let problem as ApiProblem {
            return response(to: problem, language)
        } catch let error as any HTTPResponseError {
            // Too large, for one: every answer's form is given to it at the end.
            throw error
        } catch is Missing {
            return response(to: ApiProblem(.unknown), language)
        } catch {
            let problem = ApiProblem(error)
            if problem.kind == .failed {
                // The error's type alone: its text may hold what somebody typed.
                logger.error(
                    "work failed",
                    metadata: ["path": "\(route.path)", "error": "\(type(of: error))"])
            }
            return response(to: problem, language)
        }
    }

    /// A problem as it goes to the program.
    func response(to problem: ApiProblem, _ language: Language) -> Response {
        var response = response(
            problem.json(self, language), "application/problem+json", problem.kind.status)
        if problem.kind == .noKey { response.headers[.wwwAuthenticate] = "Bearer" }
        if problem.kind == .busy { response.headers[.retryAfter] = "1" }
        return response
    }

    /// A status that no operation gave, in the same form.
    func apiProblem(_ status: HTTPResponse.Status) -> ApiProblem {
        let kind =
            ApiProblem.Kind.allCases.first { $0.status == status }
            ?? (status.code >= 500 ? .failed : .malformed)
        return ApiProblem(kind)
    }

    private func visit(
        _ request: Request, _ context: SiteContext, _ route: ApiRoute, _ language: Language
    ) async throws -> ApiVisit {
        let now = clock()
        guard let header = request.headers[.authorization], header.hasPrefix("Bearer "),
            let actor = try await laboratory.holder(ofKey: String(header.dropFirst(7)))
        else {
            throw ApiProblem(
                .noKey, ApiProblem.Kind.noKey.title,
                remedy: "Send Authorization: Bearer KEY; an administrator issues keys.")
        }
        guard actor.role.may(route.verb) else {
            let roles = Role.allCases.filter { $0.may(route.verb) }.map(\.word)
            throw ApiProblem(
                .notPermitted, "The role \(actor.role.word) may not \(route.verb.word).",
                remedy: "Take a key of one of these roles: \(roles.joined(separator: ", ")).")
        }
        let key = try Self.key(request)
        var body: [UInt8] = []
        if route.mostBytes > 0 {
            let buffer = try await request.body.collect(upTo: route.mostBytes)
            body = [UInt8](buffer.readableBytesView)
        }
        return ApiVisit(
            site: self, actor: actor, key: key,
            parameters: Dictionary(
                context.parameters.map { (String($0.key), Self.decoded($0.value)) }
            ) { first, _ in first },
            query: Fields(urlEncoded: request.uri.query ?? ""), body: body, language: language,
            now: now)
    }

    private static func key(_ request: Request) throws -> String? {
        guard let key = request.headers[.idempotencyKey] else { return nil }
        guard (8...128).contains(key.utf8.count), key.utf8.allSatisfy({ (33...126).contains($0) })
        else {
            throw ApiProblem(
                .malformed, "The idempotency key is none.",
                remedy: "Give 8 to 128 printable characters without blanks.")
        }
        return key
    }

    /// Programs read English unless they ask for Chinese.
    func apiLanguage(of request: Request) -> Language {
        (request.headers[.acceptLanguage] ?? "").lowercased().hasPrefix("zh") ? .chinese : .english
    }
}

extension HTTPField.Name {
    static let idempotencyKey = apiNamed("Idempotency-Key")
    static let idempotentReplayed = apiNamed("Idempotent-Replayed")

    private static func apiNamed(_ name: String) -> HTTPField.Name {
        guard let field = HTTPField.Name(name) else {
            preconditionFailure("A header's name of our own is not one.")
        }
        return field
    }
}
