internal import HTTPTypes
package import Hummingbird
internal import LabDomain
internal import LabOperations
internal import NIOCore

extension Site {
    /// The router that answers every request.
    package func router() -> Router<SiteContext> {
        let router = Router(context: SiteContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: EveryAnswer(site: self))
        for route in routes {
            router.on(RouterPath(route.path), method: route.method) { request, context in
                try await respond(to: request, context, by: route)
            }
        }
        addApi(to: router)
        return router
    }

    /// Lets a request in when its route's access allows it, and answers it.
    private func respond(
        to request: Request, _ context: SiteContext, by route: Route
    ) async throws -> Response {
        let visit = try await visit(request, context, route)
        guard route.access.admits(visit.someone?.actor.role) else {
            return try await refuse(visit, route)
        }
        let isOnTheWayToPassword = route.path == "/password" || route.path == "/sign-out"
        if visit.someone?.mustChangePassword == true, route.access != .everybody,
            !isOnTheWayToPassword
        {
            return try await response(to: visit, .redirect("/password"))
        }
        if route.method == .post, try !isOurs(visit, request, route) {
            return try await response(to: visit, .page(.trouble(.forbidden, visit)))
        }
        do {
            var response = try await response(to: visit, try await route.answer(visit))
            if let cookie = try await renewedDisplay(visit) { response.setCookie(cookie) }
            return response
        } catch is Missing {
            return try await response(to: visit, .page(.trouble(.notFound, visit)))
        } catch let error as HTTPError {
            throw error
        } catch {
            return try await response(to: visit, trouble(error, visit, route))
        }
    }

    /// A form must come from one of our own pages: its origin is ours, and once somebody is signed
    /// in it carries the session's token (WEB-3).
    private func isOurs(_ visit: Visit, _ request: Request, _ route: Route) throws -> Bool {
        if let origin = request.headers[.origin] {
            let host = request.head.authority ?? ""
            guard origin == "https://\(host)" || origin == "http://\(host)" else { return false }
        }
        guard let secret = visit.secret, visit.someone != nil else {
            // Before somebody is signed in there is no session to protect.
            return route.access == .everybody
        }
        let given = visit.form["csrf"] ?? request.headers[.csrf] ?? ""
        return isSame(given, CrossSite.token(for: secret))
    }

    /// Who is not signed in is sent to the door, and comes back; a script is told; who is signed in
    /// reads which roles may.
    private func refuse(_ visit: Visit, _ route: Route) async throws -> Response {
        guard visit.someone == nil else {
            return try await response(to: visit, .page(.trouble(notFor: route, visit)))
        }
        guard route.method == .get, visit.path.hasPrefix("/") else {
            throw HTTPError(.unauthorized)
        }
        let back = visit.path == "/" ? "" : "?back=" + encoded(visit.whole)
        return redirect(to: "/sign-in" + back)
    }

    /// A refusal in words, on the page from which it was asked.
    private func trouble(_ error: any Error, _ visit: Visit, _ route: Route) throws -> Answer {
        let told = Explanation(error)
        if told.kind == .io {
            // The error's type alone: its text may name a file of this machine.
            logger.error(
                "work failed",
                metadata: ["path": "\(route.path)", "error": "\(type(of: error))"])
        }
        var flash = Flash(told, in: visit.words, visit: visit)
        flash.typed = TypedForm(visit.form, to: visit.path)
        if route.method == .get {
            return .page(.trouble(flash, visit, told.kind == .unknown ? .notFound : .conflict))
        }
        return .redirect(localPath(visit.form["back"]) ?? "/", flash)
    }

    private func visit(
        _ request: Request, _ context: SiteContext, _ route: Route
    ) async throws -> Visit {
        let now = clock()
        let secret = request.cookies[Cookies.session(options)]?.value
        var someone: SignedIn?
        if let secret, route.path.hasPrefix("/assets") == false {
            someone = try await laboratory.signedIn(
                secret, at: now, isSignOfLife: route.isSignOfLife)
        }
        var display: WallDisplay?
        if someone == nil, route.isForDisplays,
            let token = request.cookies[Cookies.display(options)]?.value
        {
            display = try await laboratory.display(token, at: now)
            someone = display?.viewer
        }
        var body: [UInt8] = []
        // A body is read only for somebody who may send it.
        if route.mostBytes > 0, route.access.admits(someone?.actor.role) {
            let buffer = try await request.body.collect(upTo: route.mostBytes)
            body = [UInt8](buffer.readableBytesView)
        }
        let type = request.headers[.contentType] ?? ""
        var form = Fields()
        var files: [UploadedFile] = []
        if type.hasPrefix("application/x-www-form-urlencoded") {
            form = Fields(urlEncoded: String(decoding: body, as: UTF8.self))
        } else if type.hasPrefix("multipart/form-data") {
            guard let read = Multipart.read(body, contentType: type) else {
                throw HTTPError(.badRequest)
            }
            (form, files) = read
        }
        return Visit(
            site: self, path: request.uri.path,
            parameters: Dictionary(
                context.parameters.map { (String($0.key), Self.decoded($0.value)) }
            ) { first, _ in first },
            query: Fields(urlEncoded: request.uri.query ?? ""),
            rawQuery: request.uri.query ?? "", form: form, files: files,
            body: body, language: language(of: request),
            secret: display == nil ? secret : nil, someone: someone, display: display, now: now)
    }
}
