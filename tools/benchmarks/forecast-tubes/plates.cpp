// 100 futures of 2,128 plates through three stations, with one heap of events and nothing else:
// what a forecast of 200,000 tubes costs at least.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <deque>
#include <queue>
#include <random>
#include <vector>

struct Event {
    double time;
    uint64_t order;
    int kind, plate;
    bool operator<(const Event &o) const {
        return time > o.time || (time == o.time && order > o.order);
    }
};

int main() {
    const int plates = 2128, futures = 100, servers[3] = {60, 120, 20};
    const double means[3] = {50, 120, 10};
    double sum = 0;
    const clock_t start = clock();
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> uniform(0.9, 1.1);
    for (int f = 0; f < futures; f++) {
        std::priority_queue<Event> agenda;
        std::deque<int> lines[3];
        int free[3] = {servers[0], servers[1], servers[2]};
        uint64_t order = 0;
        for (int p = 0; p < plates; p++) lines[0].push_back(p);
        auto begin = [&](int k, double t) {
            while (free[k] > 0 && !lines[k].empty()) {
                int p = lines[k].front();
                lines[k].pop_front();
                free[k]--;
                agenda.push({t + means[k] * uniform(random), order++, k, p});
            }
        };
        begin(0, 0);
        while (!agenda.empty()) {
            Event e = agenda.top();
            agenda.pop();
            free[e.kind]++;
            if (e.kind < 2) {
                lines[e.kind + 1].push_back(e.plate);
                begin(e.kind + 1, e.time);
            } else {
                sum += e.time;
            }
            begin(e.kind, e.time);
        }
    }
    double seconds = double(clock() - start) / CLOCKS_PER_SEC;
    fprintf(stderr, "%g\n", sum);
    printf("%.4f\n", seconds);
}
