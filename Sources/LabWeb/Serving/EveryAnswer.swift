internal import HTTPTypes
internal import Hummingbird
internal import LabOperations

/// What every answer has in common: its headers, and a page of words when there is no other.
struct EveryAnswer: RouterMiddleware {
    typealias Context = SiteContext
    let site: Site

    func handle(
        _ request: Request, context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as HTTPError {
            response = try words(about: error.status, for: request)
        } catch let error as any HTTPResponseError {
            response = try words(about: error.status, for: request)
        } catch {
            // The error's type alone: its text may hold what somebody typed.
            site.logger.error("request failed", metadata: ["error": "\(type(of: error))"])
            response = try words(about: .internalServerError, for: request)
        }
        for (name, value) in Self.headers where response.headers[name] == nil {
            response.headers[name] = value
        }
        if site.options.isBehindTLS {
            response.headers[.strictTransportSecurity] = "max-age=31536000"
        }
        return response
    }

    private func words(about status: HTTPResponse.Status, for request: Request) throws -> Response {
        if request.uri.path.hasPrefix(ApiRoute.root) {
            return site.response(to: site.apiProblem(status), site.apiLanguage(of: request))
        }
        let language = site.language(of: request)
        let words = site.words(in: language)
        let key = "trouble.\(status.code)"
        let isKnown = words.text(key) != nil
        let model = TroublePage(
            title: words.say(isKnown ? key : "trouble.other"),
            remedy: words.say(isKnown ? key + ".remedy" : "trouble.other.remedy"), places: [])
        let page = Page(model.title, "trouble", model, frame: .door, status: status)
        return site.html(
            try site.framed(page, in: language, path: request.uri.path), status)
    }

    /// Scripts, styles and pictures come from here alone, nobody frames our pages, and nothing of
    /// them stays in a shared computer's cache (WEB-2).
    private static let headers: [(HTTPField.Name, String)] = [
        (
            .contentSecurityPolicy,
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                + "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
                + "frame-ancestors 'none'"
        ),
        (.xContentTypeOptions, "nosniff"),
        (.referrerPolicy, "same-origin"),
        (.openerPolicy, "same-origin"),
        (.resourcePolicy, "same-origin"),
        (.permissionsPolicy, "camera=(), microphone=(), geolocation=()"),
        (.cacheControl, "no-store"),
    ]
}

extension HTTPField.Name {
    static let csrf = named("X-CSRF-Token")
    static let serviceWorkerAllowed = named("Service-Worker-Allowed")
    static let accelBuffering = named("X-Accel-Buffering")
    static let referrerPolicy = named("Referrer-Policy")
    static let openerPolicy = named("Cross-Origin-Opener-Policy")
    static let resourcePolicy = named("Cross-Origin-Resource-Policy")
    static let permissionsPolicy = named("Permissions-Policy")

    private static func named(_ name: String) -> HTTPField.Name {
        guard let field = HTTPField.Name(name) else {
            preconditionFailure("A header's name of our own is not one.")
        }
        return field
    }
}
