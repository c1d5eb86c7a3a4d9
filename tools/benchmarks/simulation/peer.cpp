// The peer model in C++, written for comparison with `swabline simulate --model peer`.
//
//     peer SIZE SCENARIO SEED [heap] [REPETITIONS]
//
// Without `heap` it takes the city apart: laboratory by laboratory, its sites first and without a
// list of events. With `heap` one std::priority_queue holds every event of the city. Both give
// the same figures for a seed. Quantiles come from histograms with bins of 1/1024.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <queue>
#include <string>
#include <vector>

struct Random {  // xoshiro256**, seeded through splitmix64
    uint64_t s[4];
    explicit Random(uint64_t seed = 0) {
        for (auto &word : s) {
            uint64_t z = (seed += 0x9E3779B97F4A7C15);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            word = z ^ (z >> 31);
        }
    }
    static uint64_t rotl(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
    uint64_t next() {
        uint64_t result = rotl(s[1] * 5, 7) * 9, t = s[1] << 17;
        s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3];
        s[2] ^= t;
        s[3] = rotl(s[3], 45);
        return result;
    }
    double uniform() { return double(next() >> 11) * 0x1p-53; }
    double exponential() { return -std::log(1 - uniform()); }
};

struct Histogram {
    static constexpr int octaves = 41;
    std::vector<uint32_t> bins = std::vector<uint32_t>(octaves << 10);
    int64_t count = 0, zeros = 0;
    double max = 0;
    void add(double x, int times = 1) {
        uint64_t bits;
        std::memcpy(&bits, &x, 8);
        int64_t bin = int64_t(bits >> 42) - (int64_t(1023 - 20) << 10);
        bins[size_t(std::clamp<int64_t>(bin, 0, (octaves << 10) - 1))] += uint32_t(times);
        count += times;
        if (x > max) max = x;
    }
    void addZero() { ++count, ++zeros; }
    double quantile(double q) const {
        double rank = std::max(1.0, std::ceil(q * double(count))), before = double(zeros);
        if (rank <= before + bins[0]) return 0;
        before += bins[0];
        for (size_t bin = 1; bin < bins.size(); ++bin) {
            if (bins[bin] && rank <= before + bins[bin]) {
                uint64_t low = (uint64_t(bin) + (uint64_t(1023 - 20) << 10)) << 42;
                uint64_t high = (uint64_t(bin + 1) + (uint64_t(1023 - 20) << 10)) << 42;
                double a, b;
                std::memcpy(&a, &low, 8);
                std::memcpy(&b, &high, 8);
                return std::min(max, a + (b - a) * (rank - before - 0.5) / bins[bin]);
            }
            before += bins[bin];
        }
        return max;
    }
};

struct City {
    double people, p = 0.0001, interval = 60, failure = 0;
    int sites, labs, days = 2, k = 10;
    int desk[2], extractors, cyclers, reviewers[2];
    double share[28], chance[32];
    City(char size, char scenario) {
        bool toy = size == 'T';
        switch (size) {
        case 'T': people = 20000, sites = 7, labs = 1; break;
        case 'J': people = 1620000, sites = 540, labs = 8; break;
        case 'Y': people = 7100000, sites = 2367, labs = 36; break;
        default: people = 21000000, sites = 7000, labs = 105;
        }
        desk[0] = desk[1] = toy ? 1 : 4;
        extractors = toy ? 2 : 6, cyclers = toy ? 3 : 12;
        reviewers[0] = reviewers[1] = toy ? 1 : 2;
        if (scenario == 'B') cyclers = toy ? 1 : 7;
        if (scenario == 'C') p = 0.005;
        if (scenario == 'D') k = 5;
        if (scenario == 'E') {
            desk[1] = toy ? 1 : 2, reviewers[1] = 1, interval = 120, failure = 0.01;
        }
        if (scenario == 'F') {
            cyclers = toy ? 6 : 24, extractors = toy ? 4 : 12;
            desk[0] = desk[1] = toy ? 2 : 8, reviewers[0] = reviewers[1] = toy ? 2 : 4;
        }
        const int w[14] = {3, 8, 11, 10, 8, 6, 5, 5, 6, 7, 8, 9, 9, 5};
        for (int i = 0; i < 28; ++i) share[i] = w[i % 14] / 200.0;
        for (int i = 0; i <= k; ++i) chance[i] = -std::expm1(i * std::log1p(-p));
    }
};

double frac(double x) { return x - std::floor(x); }

enum Kind : uint8_t {
    receipt, callBack, moreStaff, receptionEnd, plateTimeout, extractionEnd, pcrEnd, reviewEnd,
    arrival, swabEnd, tubeTimeout, pickUp
};

struct Event {
    double time;
    uint64_t order;  // running number and kind
    int32_t subject, detail;
    bool operator<(const Event &other) const {  // the earliest is on top
        return time != other.time ? time > other.time : order > other.order;
    }
};

struct Agenda {
    std::priority_queue<Event> heap;
    uint64_t sequence = 0;
    void schedule(Kind kind, double time, int subject, int detail = 0) {
        heap.push({time, ++sequence << 8 | kind, subject, detail});
    }
};

struct Tube {
    double receipt = 0;
    int32_t next = -1;
    uint8_t members = 0, open = 0;
    bool positive = false;
    double swabs[10];
};

struct World {
    Agenda agenda;
    std::vector<Tube> tubes;
    std::vector<int32_t> free;
    int64_t persons = 0, closed = 0, timeouts = 0, positives = 0, singles = 0, plates = 0;
    int64_t wells = 0, late = 0, atSite = 0;
    double makespan = 0, lastSwab = 0, waitSum = 0;
    Histogram turnaround, sinceSwab, wait;
    int32_t take() {
        if (!free.empty()) {
            int32_t tube = free.back();
            free.pop_back();
            tubes[size_t(tube)].receipt = 0, tubes[size_t(tube)].next = -1;
            tubes[size_t(tube)].members = 0, tubes[size_t(tube)].positive = false;
            return tube;
        }
        tubes.emplace_back();
        return int32_t(tubes.size()) - 1;
    }
};

template <class T> struct Line {  // a ring
    std::vector<T> ring = std::vector<T>(16);
    size_t head = 0, count = 0;
    void push(T x) {
        if (count == ring.size()) {
            std::rotate(ring.begin(), ring.begin() + long(head), ring.end());
            head = 0;
            ring.resize(2 * ring.size());
        }
        ring[(head + count++) & (ring.size() - 1)] = x;
    }
    T pop() {
        T x = ring[head];
        head = (head + 1) & (ring.size() - 1), --count;
        return x;
    }
};

struct Station {
    Line<uint32_t> lines[2];
    int level[2], busy = 0;
    size_t most = 0;
    double work = 0, awaited = -1;
    bool begin(double now, uint32_t &item) {
        size_t waiting = lines[0].count + lines[1].count;
        if (!waiting) return false;
        bool day = level[0] == level[1] || now - 1440 * std::floor(now / 1440) < 720;
        if (busy >= level[day ? 0 : 1]) {
            most = std::max(most, waiting);
            return false;
        }
        ++busy;
        item = lines[lines[1].count > 0].pop();
        return true;
    }
    bool rise(double now, double &at) {
        if (level[0] == level[1] || lines[0].count + lines[1].count == 0) return false;
        at = 1440 * std::floor(now / 1440) + 1440;
        if (at == awaited) return false;
        awaited = at;
        return true;
    }
};

struct Plate {
    int count = 0;
    bool urgent = false, open = false;
    uint32_t items[94];
};

struct Lab {
    const City &city;
    int number;
    Station reception, extraction, pcr, review;
    std::deque<Plate> plates;
    std::vector<int> freePlates;
    int filling[2] = {-1, -1};
    Random handling, reviewing, failing, calling;

    Lab(const City &c, int n, uint64_t seed) : city(c), number(n) {
        reception.level[0] = c.desk[0], reception.level[1] = c.desk[1];
        extraction.level[0] = extraction.level[1] = c.extractors;
        pcr.level[0] = pcr.level[1] = c.cyclers;
        review.level[0] = c.reviewers[0], review.level[1] = c.reviewers[1];
        uint64_t base = seed * 1000003 + 500000000 + uint64_t(n) * 4;
        handling = Random(base), reviewing = Random(base + 1);
        failing = Random(base + 2), calling = Random(base + 3);
    }
    void receive(int32_t tube, double now, World &w) {
        for (; tube >= 0; tube = w.tubes[size_t(tube)].next) {
            w.tubes[size_t(tube)].receipt = now;
            reception.lines[0].push(uint32_t(tube) << 5);
        }
        beginReception(now, w);
    }
    void handle(const Event &e, World &w) {
        double now = e.time;
        switch (Kind(e.order & 255)) {
        case receptionEnd:
            --reception.busy;
            put(uint32_t(e.detail), now, w);
            beginReception(now, w);
            break;
        case plateTimeout:
            if (plates[size_t(e.detail)].open) finish(plates[size_t(e.detail)].urgent, now, w);
            break;
        case extractionEnd:
            --extraction.busy;
            pcr.lines[plates[size_t(e.detail)].urgent].push(uint32_t(e.detail));
            beginExtraction(now, w);
            beginPCR(now, w);
            break;
        case pcrEnd:
            --pcr.busy;
            review.lines[plates[size_t(e.detail)].urgent].push(uint32_t(e.detail));
            beginPCR(now, w);
            beginReview(now, w);
            break;
        case reviewEnd:
            --review.busy;
            judge(e.detail, now, w);
            beginReview(now, w);
            break;
        case callBack:
            for (int m = 0; m < w.tubes[size_t(e.detail)].members; ++m)
                reception.lines[1].push(uint32_t(e.detail) << 5 | uint32_t(m + 1));
            beginReception(now, w);
            break;
        case receipt: receive(e.detail, now, w); break;
        default: beginReception(now, w), beginReview(now, w);
        }
    }
    void beginReception(double now, World &w) {
        uint32_t item;
        double at;
        while (reception.begin(now, item)) {
            double d = 0.1 + 0.1 * handling.uniform();
            reception.work += d;
            w.agenda.schedule(receptionEnd, now + d, number, int32_t(item));
        }
        if (reception.rise(now, at)) w.agenda.schedule(moreStaff, at, number);
    }
    void beginExtraction(double now, World &w) {
        uint32_t plate;
        while (extraction.begin(now, plate)) {
            extraction.work += 45;
            ++w.plates, w.wells += plates[plate].count;
            w.agenda.schedule(extractionEnd, now + 45, number, int32_t(plate));
        }
    }
    void beginPCR(double now, World &w) {
        uint32_t plate;
        while (pcr.begin(now, plate)) {
            pcr.work += 90;
            w.agenda.schedule(pcrEnd, now + 90, number, int32_t(plate));
        }
    }
    void beginReview(double now, World &w) {
        uint32_t plate;
        double at;
        while (review.begin(now, plate)) {
            double d = 4 + 4 * reviewing.uniform();
            review.work += d;
            w.agenda.schedule(reviewEnd, now + d, number, int32_t(plate));
        }
        if (review.rise(now, at)) w.agenda.schedule(moreStaff, at, number);
    }
    void put(uint32_t item, double now, World &w) {
        bool single = item & 31;
        int &plate = filling[single];
        if (plate < 0) {
            if (freePlates.empty()) {
                plate = int(plates.size());
                plates.emplace_back();
            } else {
                plate = freePlates.back(), freePlates.pop_back();
            }
            Plate &fresh = plates[size_t(plate)];
            fresh.count = 0, fresh.urgent = single, fresh.open = true;
            w.agenda.schedule(plateTimeout, now + (single ? 15 : 30), number, plate);
        }
        Plate &open = plates[size_t(plate)];
        open.items[open.count++] = item;
        if (open.count == 94) finish(single, now, w);
    }
    void finish(bool urgent, double now, World &w) {
        int plate = filling[urgent];
        filling[urgent] = -1;
        plates[size_t(plate)].open = false;
        extraction.lines[urgent].push(uint32_t(plate));
        beginExtraction(now, w);
    }
    void judge(int number, double now, World &w) {
        Plate &plate = plates[size_t(number)];
        if (city.failure > 0 && failing.uniform() < city.failure) {
            plate.urgent = true;
            extraction.lines[1].push(uint32_t(number));
            beginExtraction(now, w);
            return;
        }
        for (int i = 0; i < plate.count; ++i) {
            uint32_t item = plate.items[i];
            size_t slot = item >> 5;
            Tube &tube = w.tubes[slot];
            double tat = now - tube.receipt;
            if (int m = item & 31) {
                conclude(1, tat, now, w);
                ++w.singles;
                w.sinceSwab.add(now - tube.swabs[m - 1]);
                if (--tube.open == 0) w.free.push_back(int32_t(slot));
            } else if (tube.positive) {
                double absence = 90 + 60 * calling.uniform();
                w.agenda.schedule(callBack, now + absence, this->number, int32_t(slot));
            } else {
                conclude(tube.members, tat, now, w);
                for (int j = 0; j < tube.members; ++j) w.sinceSwab.add(now - tube.swabs[j]);
                w.free.push_back(int32_t(slot));
            }
        }
        freePlates.push_back(number);
    }
    static void conclude(int people, double tat, double now, World &w) {
        w.turnaround.add(tat, people);
        if (tat > 720) w.late += people;
        w.makespan = std::max(w.makespan, now);
    }
};

struct Trip {
    double receipt;
    int32_t first;
    bool operator<(const Trip &o) const { return receipt < o.receipt; }
};

struct Site {
    const City *city;
    int number, lines, stretch = 0;
    double expected, offset, travel, rate, end, now;
    Random arriving, sampling, positives, couriers;
    // Of the open tube, the closed ones, and the queue when there is a list of events.
    int32_t open = -1, first = -1, last = -1, serial = 0;
    int idle = 0, next = -1;
    double opened = 0, waitSum = 0;
    bool over = false;
    Line<double> waiting;

    Site(const City &c, int n, double total, uint64_t seed) : city(&c), number(n) {
        expected = c.people * (0.5 + frac((n + 1) * 0.6180339887498949)) / total;
        lines = std::max(1, int(std::ceil(expected / c.days * 0.11 * (20 / 3600.0) / 0.85)));
        offset = c.interval * frac((n + 1) * 1.4142135623730951);
        travel = 10 + 40 * frac((n + 1) * 1.7320508075688772);
        idle = lines;
        uint64_t base = seed * 1000003 + uint64_t(n) * 4;
        arriving = Random(base), sampling = Random(base + 1);
        positives = Random(base + 2), couriers = Random(base + 3);
        enter();
    }
    void enter() {
        now = 1440 * (stretch / 14) + 60 * (stretch % 14);
        end = now + 60;
        rate = expected * city->share[stretch] / 60;
    }
    bool arrive(double &time) {
        double hazard = arriving.exponential();
        for (;;) {
            time = now + hazard / rate;
            if (time < end) {
                now = time;
                return true;
            }
            hazard = std::max(0.0, hazard - (end - now) * rate);
            if (++stretch == 28) return false;
            enter();
        }
    }
    double swabbing() { return 0.2 + 16 / 60.0 * sampling.uniform(); }
    void seal(World &w) {
        Tube &tube = w.tubes[size_t(open)];
        tube.open = tube.members;
        ++w.closed;
        if (positives.uniform() < city->chance[tube.members]) tube.positive = true, ++w.positives;
    }
    void chain(World &w) {
        if (first < 0) first = open; else w.tubes[size_t(last)].next = open;
        last = open;
        open = -1;
    }

    // Without a list of events: the line that is free first takes the next person.
    void run(World &w, std::vector<Trip> &trips) {
        double free[64] = {};
        Line<double> &begins = waiting;
        double time;
        while (arrive(time)) {
            ++w.persons;
            int line = 0;
            for (int i = 1; i < lines; ++i) if (free[i] < free[line]) line = i;
            double before = free[line];
            if (before > 0) pack(before, w, trips);
            if (before > time) {
                waitSum += before - time;
                w.wait.add(before - time);
                while (begins.count && begins.ring[begins.head] <= time) begins.pop();
                begins.push(before);
                w.atSite = std::max(w.atSite, int64_t(begins.count));
                free[line] = before + swabbing();
            } else {
                w.wait.addZero();
                free[line] = time + swabbing();
            }
        }
        std::sort(free, free + lines);
        for (int i = 0; i < lines; ++i) if (free[i] > 0) pack(free[i], w, trips);
        if (open >= 0) ++w.timeouts, close(opened + 20, w, trips);
        depart(trips);
        w.waitSum += waitSum;
    }
    void pack(double swab, World &w, std::vector<Trip> &trips) {
        if (open >= 0 && swab > opened + 20) ++w.timeouts, close(opened + 20, w, trips);
        if (open < 0) open = w.take(), opened = swab;
        if (swab > w.lastSwab) w.lastSwab = swab;
        Tube &tube = w.tubes[size_t(open)];
        tube.swabs[tube.members++] = swab;
        if (tube.members == city->k) close(swab, w, trips);
    }
    void close(double time, World &w, std::vector<Trip> &trips) {
        seal(w);
        int j = std::max(0, int(std::ceil((time - offset) / city->interval)));
        while (offset + city->interval * j < time) ++j;
        if (j != next) depart(trips), next = j;
        chain(w);
    }
    void depart(std::vector<Trip> &trips) {
        if (first < 0) return;
        trips.push_back({offset + city->interval * next + journey(), first});
        first = -1;
    }
    double journey() { return travel * (0.9 + 0.4 * couriers.uniform()); }

    // With a list of events.
    void begin(World &w) {
        expect(w);
        next = 0;
        w.agenda.schedule(pickUp, offset, number);
    }
    void expect(World &w) {
        double time;
        if (arrive(time)) w.agenda.schedule(arrival, time, number); else over = true;
    }
    void handle(const Event &e, World &w) {
        switch (Kind(e.order & 255)) {
        case arrival:
            expect(w);
            ++w.persons;
            if (idle > 0) {
                --idle;
                w.wait.addZero();
                w.agenda.schedule(swabEnd, e.time + swabbing(), number);
            } else {
                waiting.push(e.time);
                w.atSite = std::max(w.atSite, int64_t(waiting.count));
            }
            break;
        case swabEnd: {
            if (waiting.count) {
                double wait = e.time - waiting.pop();
                waitSum += wait;
                w.wait.add(wait);
                w.agenda.schedule(swabEnd, e.time + swabbing(), number);
            } else {
                ++idle;
            }
            if (open < 0) {
                open = w.take();
                w.agenda.schedule(tubeTimeout, e.time + 20, number, ++serial);
            }
            w.lastSwab = e.time;
            Tube &tube = w.tubes[size_t(open)];
            tube.swabs[tube.members++] = e.time;
            if (tube.members == city->k) seal(w), chain(w);
            break;
        }
        case tubeTimeout:
            if (open >= 0 && e.detail == serial) ++w.timeouts, seal(w), chain(w);
            break;
        default:
            ++next;
            if (first >= 0) {
                w.agenda.schedule(receipt, e.time + journey(), number % city->labs, first);
                first = -1;
            }
            if (!(over && idle == lines && !waiting.count && open < 0))
                w.agenda.schedule(pickUp, offset + city->interval * next, number);
        }
    }
};

struct Load {
    size_t most[4] = {};
    double work[4] = {};
    void add(const Lab &lab) {
        const Station *all[4] = {&lab.reception, &lab.extraction, &lab.pcr, &lab.review};
        for (int i = 0; i < 4; ++i) {
            most[i] = std::max(most[i], all[i]->most);
            work[i] += all[i]->work;
        }
    }
};

void show(const City &c, World &w, const Load &load) {
    auto row = [](const char *name, double value) { std::printf("%s %.15g\n", name, value); };
    row("persons", double(w.persons)), row("tubes", double(w.closed));
    row("tubes_timeout", double(w.timeouts)), row("pos_pools", double(w.positives));
    row("singles", double(w.singles)), row("plates", double(w.plates));
    row("wells", double(w.wells)), row("makespan", w.makespan), row("last_swab", w.lastSwab);
    row("tat_p50", w.turnaround.quantile(0.5)), row("tat_p90", w.turnaround.quantile(0.9));
    row("tat_p99", w.turnaround.quantile(0.99)), row("tat_max", w.turnaround.max);
    row("over12", double(w.late) / double(w.persons));
    row("ctr_p50", w.sinceSwab.quantile(0.5)), row("ctr_p99", w.sinceSwab.quantile(0.99));
    row("wait_mean", w.waitSum / double(w.persons)), row("wait_p99", w.wait.quantile(0.99));
    row("wait_max", w.wait.max), row("q_site", double(w.atSite));
    const char *queues[4] = {"q_recv", "q_ext", "q_pcr", "q_rev"};
    const char *uses[4] = {"util_recv", "util_ext", "util_pcr", "util_rev"};
    const int servers[4] = {c.desk[0], c.extractors, c.cyclers, c.reviewers[0]};
    for (int i = 0; i < 4; ++i) row(queues[i], double(load.most[i]));
    for (int i = 0; i < 4; ++i) row(uses[i], load.work[i] / (servers[i] * c.labs * w.makespan));
}

void apart(const City &city, uint64_t seed, double total) {
    World world;
    Load load;
    std::vector<Trip> trips;
    for (int number = 0; number < city.labs; ++number) {
        world.tubes.clear(), world.free.clear(), trips.clear();
        world.agenda = Agenda();
        for (int i = number; i < city.sites; i += city.labs)
            Site(city, i, total, seed).run(world, trips);
        std::sort(trips.begin(), trips.end());
        Lab lab(city, number, seed);
        size_t next = 0;
        auto &heap = world.agenda.heap;
        for (;;) {
            if (next < trips.size() && (heap.empty() || trips[next].receipt <= heap.top().time)) {
                lab.receive(trips[next].first, trips[next].receipt, world), ++next;
            } else if (!heap.empty()) {
                Event event = heap.top();
                heap.pop();
                lab.handle(event, world);
            } else {
                break;
            }
        }
        load.add(lab);
    }
    show(city, world, load);
}

void whole(const City &city, uint64_t seed, double total) {
    World world;
    std::vector<Site> sites;
    std::deque<Lab> labs;
    for (int i = 0; i < city.sites; ++i) sites.emplace_back(city, i, total, seed);
    for (int i = 0; i < city.labs; ++i) labs.emplace_back(city, i, seed);
    for (auto &site : sites) site.begin(world);
    auto &heap = world.agenda.heap;
    while (!heap.empty()) {
        Event event = heap.top();
        heap.pop();
        if (Kind(event.order & 255) >= arrival) sites[size_t(event.subject)].handle(event, world);
        else labs[size_t(event.subject)].handle(event, world);
    }
    Load load;
    for (auto &lab : labs) load.add(lab);
    for (int number = 0; number < city.labs; ++number)
        for (int i = number; i < city.sites; i += city.labs) world.waitSum += sites[size_t(i)].waitSum;
    show(city, world, load);
}

int main(int count, char **words) {
    if (count < 4) {
        std::fprintf(stderr, "peer SIZE SCENARIO SEED [heap] [REPETITIONS]\n");
        return 64;
    }
    City city(*words[1], *words[2]);
    bool heap = false;
    int repetitions = 1;
    for (int i = 4; i < count; ++i) {
        if (std::string(words[i]) == "heap") heap = true; else repetitions = std::atoi(words[i]);
    }
    double total = 0;
    for (int i = 0; i < city.sites; ++i) total += 0.5 + frac((i + 1) * 0.6180339887498949);
    for (int i = 0; i < repetitions; ++i) {
        uint64_t seed = uint64_t(std::atoll(words[3])) + uint64_t(i);
        if (heap) whole(city, seed, total); else apart(city, seed, total);
    }
}
